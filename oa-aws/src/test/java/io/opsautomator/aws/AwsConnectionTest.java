package io.opsautomator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.opsautomator.action.ActionException;
import io.opsautomator.action.Invocation;
import io.opsautomator.action.RefusedException;
import io.opsautomator.action.TransientException;
import io.opsautomator.aws.budget.ApiBudgets;
import io.opsautomator.aws.budget.BudgetStore;
import io.opsautomator.resource.Scope;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ssm.SsmClient;

final class AwsConnectionTest {
  private Duration sessionsLast = Duration.ofHours(1);
  private final StubHttp wire = new StubHttp(this::answer);

  private StubHttp.Answer answer(StubHttp.Asked asked) {
    return switch (asked.action()) {
      case "GetCallerIdentity" ->
          new StubHttp.Answer(
              200,
              """
              <GetCallerIdentityResponse><GetCallerIdentityResult>
                <Arn>arn:aws:iam::111122223333:user/ops</Arn><Account>111122223333</Account>
              </GetCallerIdentityResult></GetCallerIdentityResponse>
              """);
      case "AssumeRole" ->
          new StubHttp.Answer(
              200,
              """
              <AssumeRoleResponse><AssumeRoleResult><Credentials>
                <AccessKeyId>%s</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
                <SessionToken>t</SessionToken><Expiration>%s</Expiration>
              </Credentials></AssumeRoleResult></AssumeRoleResponse>
              """
                  .formatted(
                      "as" + asked.form().get("RoleArn").replaceAll("\\D", ""),
                      Instant.now().plus(sessionsLast)));
      case "DescribeRegions" ->
          new StubHttp.Answer(
              200,
              """
              <DescribeRegionsResponse><regionInfo><item><regionName>eu-west-1</regionName></item>
              <item><regionName>us-east-1</regionName></item></regionInfo></DescribeRegionsResponse>
              """);
      default -> new StubHttp.Answer(200, "<Response/>");
    };
  }

  private Aws aws() {
    return aws(wire);
  }

  private static Aws aws(StubHttp http) {
    return Aws.defaults()
        .httpClient(http)
        .region("eu-west-1")
        .credentials(StaticCredentialsProvider.create(AwsBasicCredentials.create("own", "secret")));
  }

  private static void look(AwsConnection connection, Invocation caller) {
    connection.clients().client(Ec2Client.class, caller).describeInstances();
  }

  private List<String> rolesAssumed() {
    return wire.asked().stream()
        .filter(asked -> asked.action().equals("AssumeRole"))
        .map(asked -> asked.form().get("RoleArn"))
        .toList();
  }

  private String keyOfLastCall() {
    return wire.asked().get(wire.asked().size() - 1).accessKey();
  }

  @Test
  void onesOwnAccountNeedsNoRole() {
    look(aws().role("Ops").connect(), Callers.outsideOfEffects());

    assertThat(rolesAssumed()).isEmpty();
    assertThat(keyOfLastCall()).isEqualTo("own");
  }

  @Test
  void w60_aSessionIsSharedByAllClientsAndRegionsOfAnAccount() {
    AwsConnection connection = aws().role("path/Ops").externalId("ext-1").connect();

    for (String region : List.of("eu-west-1", "us-east-1", "eu-west-1")) {
      look(connection, Callers.outsideOfEffects().in(Callers.OTHER_ACCOUNT, region));
    }

    assertThat(rolesAssumed()).containsExactly("arn:aws:iam::444455556666:role/path/Ops");
    assertThat(keyOfLastCall()).isEqualTo("as444455556666");
    assertThat(wire.asked().get(1).form())
        .containsEntry("ExternalId", "ext-1")
        .containsEntry("RoleSessionName", "OpsAutomator");
    assertThat(wire.actions()).containsOnlyOnce("GetCallerIdentity");
  }

  @Test
  void c7n9216_aSessionIsRenewedBeforeItEnds() {
    sessionsLast = Duration.ofSeconds(30);
    AwsConnection connection = aws().role("Ops").connect();
    Invocation caller = Callers.outsideOfEffects().in(Callers.OTHER_ACCOUNT, "eu-west-1");

    look(connection, caller);
    look(connection, caller);

    assertThat(rolesAssumed()).hasSize(2);
  }

  @Test
  void d55_theRoleThatATaskNamesGoesBeforeAllOthersAndHoldsInOnesOwnAccountToo() {
    AwsConnection connection = aws().role("Ops").role(Callers.OTHER_ACCOUNT, "Special").connect();

    look(connection, Callers.outsideOfEffects().withRole("OfTask"));
    look(connection, Callers.outsideOfEffects().in(Callers.OTHER_ACCOUNT, "eu-west-1"));
    look(
        connection,
        Callers.outsideOfEffects().in(Callers.OTHER_ACCOUNT, "eu-west-1").withRole("OfTask"));

    assertThat(rolesAssumed())
        .containsExactly(
            "arn:aws:iam::111122223333:role/OfTask",
            "arn:aws:iam::444455556666:role/Special",
            "arn:aws:iam::444455556666:role/OfTask");
  }

  @Test
  void d56_aBlankRoleCountsAsNone() {
    look(
        aws().role("Ops").connect(),
        Callers.outsideOfEffects().in(Callers.OTHER_ACCOUNT, "eu-west-1").withRole("  "));

    assertThat(rolesAssumed()).containsExactly("arn:aws:iam::444455556666:role/Ops");
  }

  @ParameterizedTest
  @CsvSource({
    "eu-west-1,aws",
    "cn-north-1,aws-cn",
    "us-gov-west-1,aws-us-gov",
    "us-iso-east-1,aws-iso",
    "eusc-de-east-1,aws-eusc"
  })
  void d57_thePartitionFollowsFromTheRegion(String region, String partition) {
    look(aws().role("Ops").connect(), Callers.outsideOfEffects().in(Callers.OTHER_ACCOUNT, region));

    assertThat(rolesAssumed()).containsExactly("arn:" + partition + ":iam::444455556666:role/Ops");
  }

  @Test
  void anotherAccountWithoutAnyRoleSaysWhereToNameOne() {
    Invocation caller = Callers.outsideOfEffects().in(Callers.OTHER_ACCOUNT, "eu-west-1");
    AwsConnection connection = aws().connect();

    assertThatThrownBy(() -> look(connection, caller))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("no role is known for account 444455556666")
        .hasMessageContaining("works as account 111122223333")
        .hasMessageContaining("Aws.defaults().role");
  }

  @Test
  void aRoleThatMayNotBeAssumedIsNamedWithWhatToCheckAndIsNoRefusalOfTheOperation() {
    StubHttp denying =
        new StubHttp(
            asked ->
                asked.action().equals("AssumeRole")
                    ? stsError(403, "AccessDenied")
                    : answer(asked));
    AwsConnection connection = aws(denying).role("Ops").connect();
    Invocation caller = Callers.outsideOfEffects().in(Callers.OTHER_ACCOUNT, "eu-west-1");

    ActionException failure =
        catchThrowableOfType(ActionException.class, () -> look(connection, caller));

    assertThat(failure)
        .isNotInstanceOf(RefusedException.class)
        .hasMessageContaining("arn:aws:iam::444455556666:role/Ops cannot be assumed")
        .hasMessageContaining("trust policy")
        .hasMessageContaining("without external id")
        .hasMessageContaining("sts:AssumeRole");
    assertThat(failure.code()).isEqualTo("RoleNotAssumed");
  }

  @Test
  void aSessionThatCannotBeHadNowMayBeHadLater() {
    StubHttp throttling =
        new StubHttp(
            asked ->
                asked.action().equals("AssumeRole") ? stsError(400, "Throttling") : answer(asked));
    AwsConnection connection = aws(throttling).role("Ops").connect();
    Invocation caller = Callers.outsideOfEffects().in(Callers.OTHER_ACCOUNT, "eu-west-1");

    assertThatThrownBy(() -> look(connection, caller)).isInstanceOf(TransientException.class);
  }

  private static StubHttp.Answer stsError(int status, String code) {
    return new StubHttp.Answer(
        status,
        "<ErrorResponse><Error><Code>%s</Code><Message>no</Message></Error></ErrorResponse>"
            .formatted(code));
  }

  @Test
  void withoutCredentialsItSaysHowToGetSome() {
    AwsConnection connection =
        aws()
            .credentials(
                AwsCredentialsProviderChain.of(
                    () -> {
                      throw SdkClientException.create("none here");
                    }))
            .connect();

    assertThatThrownBy(connection::whoAmI)
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("no AWS credentials were found")
        .hasMessageContaining("AWS_PROFILE")
        .hasCauseInstanceOf(SdkClientException.class);
    assertThatThrownBy(() -> look(connection, Callers.outsideOfEffects().withRole("Ops")))
        .hasMessageContaining("no AWS credentials were found");
  }

  @Test
  void anEndpointThatNobodyAnswersAtIsNamedAsSuch() {
    StubHttp dead =
        new StubHttp(
            asked -> {
              throw new ConnectException("Connection refused");
            });

    assertThatThrownBy(aws(dead).connect()::whoAmI)
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("sts:GetCallerIdentity")
        .hasMessageContaining("nobody answers");
  }

  @Test
  void whatFailsIsNotSentAgainBehindTheJournalsBack() {
    StubHttp broken =
        new StubHttp(
            asked ->
                asked.action().equals("StopInstances")
                    ? StubHttp.ec2Error(500, "InternalError")
                    : answer(asked));
    Ec2Client ec2 =
        aws(broken).connect().clients().client(Ec2Client.class, Callers.insideAnEffect());

    assertThatThrownBy(() -> ec2.stopInstances(request -> request.instanceIds("i-1")))
        .isInstanceOf(TransientException.class);
    assertThat(broken.actions()).containsOnlyOnce("StopInstances");
  }

  @Test
  void anEndpointTakesEveryCallAndOnlyTheAddressChanges() {
    AwsConnection connection = aws().endpoint(URI.create("http://127.0.0.1:5555")).connect();

    look(connection, Callers.outsideOfEffects());

    assertThat(wire.asked())
        .extracting(asked -> asked.http().getUri().toString())
        .allMatch(uri -> uri.startsWith("http://127.0.0.1:5555"));
    assertThat(wire.asked().get(1).http().firstMatchingHeader("Authorization").orElseThrow())
        .contains("/eu-west-1/ec2/aws4_request");
  }

  @Test
  void w73_itKnowsWhoItIsAndWhichRegionsAreOn() {
    AwsConnection connection = aws().connect();

    assertThat(connection.whoAmI())
        .isEqualTo(
            new CallerIdentity(
                new Scope.AccountId(Callers.ACCOUNT), "arn:aws:iam::111122223333:user/ops", "aws"));
    assertThat(connection.home()).isEqualTo(Scope.of(Callers.ACCOUNT, "eu-west-1"));
    assertThat(connection.enabledRegions(new Scope.AccountId(Callers.ACCOUNT)))
        .containsExactlyInAnyOrder(new Scope.Region("eu-west-1"), new Scope.Region("us-east-1"));
  }

  @Test
  void parametersAreAskedForTenAtATimeAndSecretsStayWhereTheyAre() {
    StubHttp ssm =
        new StubHttp(
            asked ->
                asked.action().isEmpty()
                    ? new StubHttp.Answer(
                        200,
                        """
                        {"Parameters":[{"Name":"p1","Type":"StringList","Value":"a,b"},
                        {"Name":"p2","Type":"SecureString","Value":"AQICAH"}]}
                        """)
                    : answer(asked));
    Set<String> names =
        IntStream.rangeClosed(1, 23).mapToObj(i -> "p" + i).collect(Collectors.toSet());

    assertThat(aws(ssm).connect().parameters().lookUp(names))
        .containsOnly(java.util.Map.entry("p1", "a,b"));
    assertThat(ssm.actions()).filteredOn(String::isEmpty).hasSize(3);
  }

  @Test
  void aClientOfAnyServiceIsBuiltOnce() {
    SdkClientSource source = new SdkClientSource(Roles.NONE, wire());
    Scope scope = Scope.of(Callers.ACCOUNT, "eu-west-1");

    assertThat(source.unguarded(SsmClient.class, scope))
        .isSameAs(source.unguarded(SsmClient.class, scope))
        .isNotSameAs(source.unguarded(SsmClient.class, Scope.of(Callers.ACCOUNT, "us-east-1")));
    source.close();
  }

  private Aws.Wire wire() {
    return Aws.Wire.DEFAULT
        .withHttp(wire)
        .withRegion(new Scope.Region("eu-west-1"))
        .withCredentials(AnonymousCredentialsProvider.create());
  }

  @ParameterizedTest
  @ValueSource(strings = {"arn:aws:iam::111122223333:role/Ops", "", "a b", "/Ops"})
  void aRoleIsNamedWithoutArn(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Aws.defaults().role(name))
        .withMessageContaining("'" + name + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "ftp://host", "http:///path"})
  void anEndpointHasASchemeAndAHost(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Aws.defaults().endpoint(URI.create(address)))
        .withMessageContaining("http://127.0.0.1:5555");
  }

  @Test
  void callsKeepToABudgetUnlessAnEmulatorIsCalled() {
    BudgetStore store = BudgetStore.inMemory();
    ApiBudgets shared = ApiBudgets.defaults().sharedBy(store, "one");

    look(aws().budgets(shared).connect(), Callers.outsideOfEffects());
    assertThat(store.find("111122223333/eu-west-1/ec2/read")).isPresent();

    assertThat(aws().connect().budgets()).isNotSameAs(ApiBudgets.off());
    assertThat(aws().endpoint(URI.create("http://127.0.0.1:5555")).connect().budgets())
        .isSameAs(ApiBudgets.off());
  }

  @Test
  void aConnectionThatIsThereMayShareItsBudgets() {
    BudgetStore store = BudgetStore.inMemory();
    AwsConnection connection = aws().connect();
    connection.shareBudgets(store, "one");

    look(connection, Callers.outsideOfEffects());

    assertThat(store.find("111122223333/eu-west-1/ec2/read")).isPresent();
  }
}
