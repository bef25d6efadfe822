package io.opsautomator.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.InvalidExpressionException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DenylistTest {
  record Thing() {}

  private static final ResourceType<Thing> INSTANCES =
      new ResourceType<>("ec2", "Instances", Thing.class, true)
          .withArn("arn:{partition}:ec2:{region}:{account}:instance/*");
  private static final ResourceType<Thing> SNAPSHOTS =
      new ResourceType<>("ec2", "Snapshots", Thing.class, true)
          .withArn("arn:{partition}:ec2:{region}::snapshot/*");
  private static final ResourceType<Thing> LAMPS =
      new ResourceType<>("light", "Lamps", Thing.class, true);

  private static Resource<Thing> at(String region, ResourceType<Thing> type, String id) {
    Scope scope = Scope.of("111122223333", region);
    return new Resource<>(type, id, scope, Map.of("env", "prod"), new Thing());
  }

  private static Resource<Thing> of(ResourceType<Thing> type, String id) {
    return at("eu-west-1", type, id);
  }

  private static Denylist arns(String... patterns) {
    List<ArnPattern> parsed = List.of(patterns).stream().map(ArnPattern::parse).toList();
    return new Denylist(Set.of(), List.of(), parsed);
  }

  private static boolean denies(String pattern, Resource<Thing> resource) {
    return arns(pattern).denies(resource).isPresent();
  }

  @Test
  void deniesNothingUnlessToldTo() {
    assertThat(Denylist.NONE.denies(of(INSTANCES, "i-1"))).isEmpty();
    assertThat(Denylist.NONE.deniesAccount(new Scope.AccountId("111122223333"))).isFalse();
  }

  @Test
  void aDeniedAccountDeniesAllThatIsInIt() {
    Set<Scope.AccountId> accounts = Set.of(new Scope.AccountId("111122223333"));
    Denylist deny = new Denylist(accounts, List.of(), List.of());
    assertThat(deny.deniesAccount(new Scope.AccountId("111122223333"))).isTrue();
    assertThat(deny.deniesAccount(new Scope.AccountId("999922223333"))).isFalse();
    assertThat(deny.denies(of(LAMPS, "lamp-1")))
        .contains("is on the deny list: it is in account 111122223333");
  }

  @Test
  void anyOfTheTagFiltersDenies() {
    List<TagFilter> tags = List.of(TagFilter.ofTask("team=x"), TagFilter.ofTask("env=pr*"));
    Denylist deny = new Denylist(Set.of(), tags, List.of());
    assertThat(deny.denies(of(LAMPS, "lamp-1")))
        .contains("is on the deny list: its tags match env=pr*");
    assertThat(
            deny.denies(
                new Resource<>(
                    LAMPS, "l", Scope.of("1".repeat(12), "eu-west-1"), Map.of(), new Thing())))
        .isEmpty();
  }

  @Test
  void anArnThatMatchesDeniesNamingThePattern() {
    assertThat(arns("arn:aws:s3:::x", "arn:*:ec2:*:*:instance/i-1").denies(of(INSTANCES, "i-1")))
        .contains("is on the deny list: it matches arn:*:ec2:*:*:instance/i-1");
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:ec2:eu-west-1:111122223333:instance/i-0a1, true",
    "arn:*:ec2:*:*:instance/*, true",
    "arn:*:*:*:*:*, true",
    "arn:*:ec2:eu-*:1111*:instance/i-0??, true",
    "arn:*:ec2:::instance/i-0a1, true",
    "arn:*:ec2:*:*:instance/i-0a, false",
    "arn:*:ec2:*:*:i-0a1, false",
    "arn:*:ec2:*:*:volume/*, false",
    "arn:*:rds:*:*:*, false",
    "arn:*:ec2:us-*:*:*, false",
    "arn:*:ec2:*:999922223333:*, false",
    "arn:aws-cn:ec2:*:*:*, false"
  })
  void aPatternIsMatchedPartByPartAndAsAWhole(String pattern, boolean matches) {
    assertThat(denies(pattern, of(INSTANCES, "i-0a1"))).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "cn-north-1, aws-cn",
    "us-gov-west-1, aws-us-gov",
    "us-iso-east-1, aws-iso",
    "us-isob-east-1, aws-iso-b",
    "eu-isoe-west-1, aws-iso-e",
    "us-isof-south-1, aws-iso-f",
    "eusc-de-east-1, aws-eusc",
    "mx-central-1, aws"
  })
  void thePartitionIsThatOfTheRegion(String region, String partition) {
    Resource<Thing> instance = at(region, INSTANCES, "i-1");
    assertThat(denies("arn:" + partition + ":ec2:*:*:*", instance)).isTrue();
    assertThat(denies("arn:*:ec2:*:*:*", instance)).isTrue();
    String other = partition.equals("aws") ? "aws-cn" : "aws";
    assertThat(denies("arn:" + other + ":ec2:*:*:*", instance)).isFalse();
  }

  @Test
  void aSnapshotIsDeniedWithAndWithoutTheAccountThatItsArnLacks() {
    Resource<Thing> snapshot = of(SNAPSHOTS, "snap-1");
    assertThat(denies("arn:aws:ec2:eu-west-1::snapshot/snap-1", snapshot)).isTrue();
    assertThat(denies("arn:aws:ec2:eu-west-1:111122223333:snapshot/*", snapshot)).isTrue();
    assertThat(denies("arn:aws:ec2:eu-west-1:999922223333:snapshot/*", snapshot)).isFalse();
  }

  @Test
  void whatHasNoArnIsDeniedByItsIdRatherThanLetPass() {
    Resource<Thing> lamp = of(LAMPS, "lamp-1");
    assertThat(denies("arn:*:light:*:*:lamp-1", lamp)).isTrue();
    assertThat(denies("arn:*:light:*:*:lamp/lamp-1", lamp)).isTrue();
    assertThat(denies("arn:*:light:*:*:lamp:lamp-?", lamp)).isTrue();
    assertThat(denies("arn:*:light:*:*:bulb/*", lamp)).isTrue();
    assertThat(denies("arn:*:light:*:*:lamp/lamp-2", lamp)).isFalse();
    assertThat(denies("arn:*:ec2:*:*:*", lamp)).isFalse();
    assertThat(denies("arn:*:light:us-*:*:*", lamp)).isFalse();
  }

  @Test
  void anIdThatIsAnArnIsMatchedAsOne() {
    Resource<Thing> balancer =
        of(LAMPS, "arn:aws:elb:eu-west-1:111122223333:loadbalancer/net/a*b/1");
    assertThat(denies("arn:*:elb:*:*:loadbalancer/net/*", balancer)).isTrue();
    assertThat(denies("arn:*:elb:*:*:loadbalancer/app/*", balancer)).isFalse();
    assertThat(denies("arn:*:light:*:*:arn:half", of(LAMPS, "arn:half"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "i-1",
        "*",
        "arn:aws:ec2",
        "arn:aws:ec2:eu-west-1:instance/i-1",
        "ARN:*:ec2:*:*:x",
        "arn:aw:ec2:*:*:x",
        "arn:aws*:ec2:*:*:x",
        "arn:*::*:*:x",
        "arn:*:EC2:*:*:x",
        "arn:*:ec2:EU:*:x",
        "arn:*:ec2:*:1234:x",
        "arn:*:ec2:*:11112222333*33:x",
        "arn:*:ec2:*:?:x",
        "arn:*:ec2:*:abc:x",
        "arn:*:ec2:*:*:"
      })
  void aPatternThatCouldNeverMatchIsRefused(String pattern) {
    assertThatThrownBy(() -> ArnPattern.parse(pattern))
        .isInstanceOf(InvalidExpressionException.class)
        .hasMessageContaining("^");
  }

  @Test
  void aRefusalPointsAtTheFault() {
    assertThatThrownBy(() -> ArnPattern.parse(" arn:*:ec2:*:12345:x "))
        .hasMessage(
            """
            an account has 12 digits, and this could never match one
            arn:*:ec2:*:12345:x
                        ^""");
    assertThatThrownBy(() -> ArnPattern.parse("arn:*:ec2:x"))
        .hasMessage(
            """
            an ARN pattern has six parts, arn:partition:service:region:account:resource, and this\
             has 4; write * for a part that does not matter
            arn:*:ec2:x
                       ^""");
    assertThatThrownBy(() -> ArnPattern.parse("arn:*:ec2:*:*:" + "x".repeat(3000)))
        .hasMessageStartingWith("an ARN pattern has at most 2048 letters");
  }

  @Test
  void patternsAreEqualWhenTheirTextsAre() {
    ArnPattern pattern = ArnPattern.parse(" arn:*:ec2:*:*:x ");
    assertThat(pattern)
        .hasToString("arn:*:ec2:*:*:x")
        .isEqualTo(ArnPattern.parse("arn:*:ec2:*:*:x"))
        .hasSameHashCodeAs(ArnPattern.parse("arn:*:ec2:*:*:x"))
        .isNotEqualTo(ArnPattern.parse("arn:*:ec2:*:*:y"));
  }

  @Test
  void aKindSaysHowItsArnsAreFormedOrFails() {
    assertThatThrownBy(() -> LAMPS.withArn("arn:aws:light:x"))
        .hasMessageStartingWith("not an ARN with one * such as")
        .hasMessageEndingWith("arn:aws:light:x");
    assertThat(LAMPS.arn()).isEmpty();
  }
}
