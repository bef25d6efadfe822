package io.opsautomator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.action.ActionException;
import io.opsautomator.action.Invocation;
import io.opsautomator.action.TransientException;
import io.opsautomator.aws.StubHttp.Answer;
import io.opsautomator.aws.budget.ApiBudgets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** Sessions of many accounts, as the services see them: a stubbed STS and EC2 that check them. */
final class SessionsTest {
  private static final String ELSEWHERE = Callers.OTHER_ACCOUNT;
  private static final Answer DONE = new Answer(200, "<Response/>");

  private final Map<String, AtomicInteger> assumed = new ConcurrentHashMap<>();
  private final Set<String> withdrawn = ConcurrentHashMap.newKeySet();
  private final Set<String> broken = ConcurrentHashMap.newKeySet();
  private final Set<String> refusedKeys = ConcurrentHashMap.newKeySet();
  private Instant now = Instant.parse("2026-03-02T12:00:00Z");
  private final StubHttp wire = new StubHttp(this::answer);

  private Answer answer(StubHttp.Asked asked) {
    return switch (asked.action()) {
      case "GetCallerIdentity" ->
          new Answer(
              200,
              """
              <GetCallerIdentityResponse><GetCallerIdentityResult>
                <Arn>arn:aws:iam::111122223333:user/ops</Arn><Account>111122223333</Account>
              </GetCallerIdentityResult></GetCallerIdentityResponse>
              """);
      case "AssumeRole" -> session(asked.form().get("RoleArn"));
      default ->
          refusedKeys.contains(asked.accessKey()) ? StubHttp.ec2Error(400, "RequestExpired") : DONE;
    };
  }

  private Answer session(String arn) {
    String account = arn.replaceAll("\\D", "");
    if (broken.contains(account)) {
      return new Answer(
          500,
          "<ErrorResponse><Error><Code>InternalFailure</Code><Message>no</Message></Error>"
              + "</ErrorResponse>");
    }
    if (withdrawn.contains(account)) {
      return new Answer(
          403,
          "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error>"
              + "</ErrorResponse>");
    }
    int number = assumed.computeIfAbsent(account, a -> new AtomicInteger()).incrementAndGet();
    return new Answer(
        200,
        """
        <AssumeRoleResponse><AssumeRoleResult><Credentials>
          <AccessKeyId>%s-%d</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
          <SessionToken>t</SessionToken><Expiration>%s</Expiration>
        </Credentials></AssumeRoleResult></AssumeRoleResponse>
        """
            .formatted(account, number, now.plus(Duration.ofHours(1))));
  }

  private Aws aws() {
    return Aws.defaults()
        .httpClient(wire)
        .region("eu-west-1")
        .role("Ops")
        .clock(() -> now)
        .budgets(ApiBudgets.off())
        .credentials(StaticCredentialsProvider.create(AwsBasicCredentials.create("own", "secret")));
  }

  private static void look(AwsConnection connection, Invocation caller) {
    connection.clients().client(Ec2Client.class, caller).describeInstances();
  }

  private static Invocation in(String account) {
    return Callers.outsideOfEffects().in(account, "eu-west-1");
  }

  private StubHttp.Asked last(String action) {
    return wire.asked().stream()
        .filter(asked -> asked.action().equals(action))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  @Test
  void aSessionCarriesWhatTheDeploymentSaysAndWhatARoleSaysInItsPlace() {
    SessionTerms terms =
        SessionTerms.DEFAULT
            .namedAfter("prod", "worker-7")
            .tagged("deployment", "prod")
            .lasting(Duration.ofMinutes(30));
    AwsConnection connection =
        aws()
            .sessions(terms)
            .sessions("Auditor", SessionTerms.DEFAULT.bounded("{\"Version\":\"2012-10-17\"}"))
            .connect();

    look(connection, in(ELSEWHERE));
    assertThat(last("AssumeRole").form())
        .containsEntry("RoleSessionName", "prod@worker-7")
        .containsEntry("DurationSeconds", "1800")
        .containsEntry("Tags.member.1.Key", "deployment")
        .containsEntry("Tags.member.1.Value", "prod")
        .doesNotContainKey("Policy");

    look(connection, Callers.outsideOfEffects().in(ELSEWHERE, "eu-west-1").withRole("Auditor"));
    assertThat(last("AssumeRole").form())
        .containsEntry("RoleSessionName", "OpsAutomator")
        .containsEntry("Policy", "{\"Version\":\"2012-10-17\"}")
        .doesNotContainKey("Tags.member.1.Key");
  }

  @Test
  void aSessionThatEndsInTheMiddleOfAnExecutionIsReplacedByTheNextCall() {
    AwsConnection connection = aws().connect();
    look(connection, in(ELSEWHERE));
    assertThat(last("DescribeInstances").accessKey()).isEqualTo(ELSEWHERE + "-1");

    refusedKeys.add(ELSEWHERE + "-1");
    now = now.plusSeconds(60);
    assertThatThrownBy(() -> look(connection, in(ELSEWHERE)))
        .isInstanceOfSatisfying(
            TransientException.class,
            e -> assertThat(e.kind()).isEqualTo(TransientException.Kind.THROTTLED));
    look(connection, in(ELSEWHERE));

    assertThat(last("DescribeInstances").accessKey()).isEqualTo(ELSEWHERE + "-2");
  }

  @Test
  void aSessionThatHasRunOutIsNotUsedAnyMore() {
    AwsConnection connection = aws().connect();
    look(connection, in(ELSEWHERE));
    refusedKeys.add(ELSEWHERE + "-1");
    now = now.plus(Duration.ofHours(2));
    look(connection, in(ELSEWHERE));

    assertThat(last("DescribeInstances").accessKey()).isEqualTo(ELSEWHERE + "-2");
  }

  @Test
  void anAccountThatWithdrewItsTrustIsNamedAndStopsNoOther() {
    withdrawn.add(ELSEWHERE);
    AwsConnection connection = aws().externalId("ext-1").connect();

    assertThatThrownBy(() -> look(connection, in(ELSEWHERE)))
        .isInstanceOfSatisfying(
            ActionException.class, e -> assertThat(e.code()).isEqualTo("RoleNotAssumed"))
        .hasMessageContaining("arn:aws:iam::444455556666:role/Ops")
        .hasMessageContaining("trust policy")
        .hasMessageNotContaining("\n");
    look(connection, in("555566667777"));

    withdrawn.clear();
    assertThat(last("DescribeInstances").accessKey()).isEqualTo("555566667777-1");
  }

  @Test
  void whatWasToBeCalledIsInNoDoubtWhenItIsTheSessionThatIs() {
    broken.add(ELSEWHERE);
    AwsConnection connection = aws().connect();

    assertThatThrownBy(() -> look(connection, in(ELSEWHERE)))
        .isInstanceOfSatisfying(
            TransientException.class,
            e -> assertThat(e.kind()).isEqualTo(TransientException.Kind.THROTTLED))
        .hasMessageContaining("the role could not be assumed yet")
        .hasMessageContaining("arn:aws:iam::444455556666:role/Ops");
  }

  @Test
  void aThousandAccountsFromManyThreadsAreOneSessionEachAndNoThreads() throws Exception {
    AwsConnection connection = aws().connect();
    look(connection, Callers.outsideOfEffects());
    ExecutorService threads = Executors.newFixedThreadPool(32);
    try {
      together(threads, connection, 40);
      int before = Thread.getAllStackTraces().size();
      together(threads, connection, 1000);

      assertThat(Thread.getAllStackTraces().size()).isLessThanOrEqualTo(before + 2);
    } finally {
      threads.shutdownNow();
    }
    assertThat(assumed).hasSize(1000).allSatisfy((account, times) -> assertThat(times).hasValue(1));
  }

  /** Each account is called twice at about the same time. */
  private static void together(ExecutorService threads, AwsConnection connection, int accounts)
      throws Exception {
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 2 * accounts; i++) {
      Invocation caller = in("%012d".formatted(200_000 + i / 2));
      all.add(threads.submit(() -> look(connection, caller)));
    }
    for (Future<?> one : new HashSet<>(all)) {
      one.get(120, TimeUnit.SECONDS);
    }
  }
}
