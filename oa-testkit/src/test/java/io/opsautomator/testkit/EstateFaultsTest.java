package io.opsautomator.testkit;

import static io.opsautomator.testkit.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** What goes wrong in an estate goes wrong on demand, and the same in every run. */
final class EstateFaultsTest {
  private static final String OTHER = "222233334444";
  private final VirtualTime time = VirtualTime.startingAt("2026-03-01T00:00:00Z");
  private final Estate estate = Estate.at(time);
  private final Ec2Client ec2 = estate.ec2();

  @Test
  void refusesThrottlesFailsAndLosesOnDemand() {
    estate.instance("i-1", "t3.micro", Map.of());
    estate.refuseNext("StopInstances", "UnauthorizedOperation");
    assertRefused("UnauthorizedOperation", 403, () -> ec2.stopInstances(r -> r.instanceIds("i-1")));
    estate.faults().throttleNext(2);
    assertRefused("RequestLimitExceeded", 503, () -> ec2.describeInstances());
    assertRefused("RequestLimitExceeded", 503, () -> ec2.describeVolumes());
    estate.faults().failNext("StopInstances");
    assertRefused("InternalError", 500, () -> ec2.stopInstances(r -> r.instanceIds("i-1")));
    assertThat(state("i-1")).isEqualTo("running");
    estate.faults().loseNextAnswer("StopInstances");
    assertThatThrownBy(() -> ec2.stopInstances(r -> r.instanceIds("i-1")))
        .isInstanceOf(ApiCallTimeoutException.class);
    assertThat(state("i-1")).isEqualTo("stopping");
  }

  @Test
  void narrowsAFaultToARegionAndAResource() {
    estate.instance("i-1", "t3.micro", Map.of());
    estate.instance("i-2", "t3.micro", Map.of());
    estate.faults().in(OTHER, "eu-west-1").refuseAlways("", "UnauthorizedOperation");
    estate.faults().on("i-2").refuseNext("StopInstances", "OperationNotPermitted");
    ec2.stopInstances(r -> r.instanceIds("i-1"));
    assertRefused("OperationNotPermitted", 400, () -> ec2.stopInstances(r -> r.instanceIds("i-2")));
    assertRefused(
        "UnauthorizedOperation", 403, () -> client(OTHER, "eu-west-1").describeInstances());
  }

  @Test
  void letsInNoMoreThanItsRateOfCallsPerAccountAndRegion() {
    estate.faults().limitRate(2, 1);
    ec2.describeInstances();
    ec2.describeInstances();
    assertRefused("RequestLimitExceeded", 503, () -> ec2.describeInstances());
    assertThat(client(OTHER, "eu-west-1").describeInstances().reservations()).isEmpty();
    time.advance(Duration.ofSeconds(1));
    assertThat(ec2.describeInstances().reservations()).isEmpty();
  }

  @Test
  void throttlesARandomShareTheSameInEveryRun() {
    assertThat(throttledOfThousand()).isEqualTo(throttledOfThousand()).isBetween(250, 350);
  }

  private static int throttledOfThousand() {
    Estate estate = Estate.seeded(VirtualTime.startingAt("2026-03-01T00:00:00Z"), 5);
    estate.faults().throttleShare(0.3);
    int throttled = 0;
    for (int i = 0; i < 1000; i++) {
      try {
        estate.ec2().describeRegions();
      } catch (Ec2Exception e) {
        throttled++;
      }
    }
    return throttled;
  }

  @Test
  void losesTheAnswerOfARefusalToo() {
    estate.faults().loseNextAnswer("StopInstances");
    assertThatThrownBy(() -> ec2.stopInstances(r -> r.instanceIds("i-9")))
        .isInstanceOf(ApiCallTimeoutException.class);
    assertThat(estate.calls().get(0).answer().code()).isEqualTo("InvalidInstanceID.NotFound");
  }

  @Test
  void worksAgainWhenAllFaultsAreCleared() {
    estate.faults().refuseAlways("", "UnauthorizedOperation");
    assertRefused("UnauthorizedOperation", 403, () -> ec2.describeVolumes());
    estate.faults().clear();
    assertThat(ec2.describeVolumes().volumes()).isEmpty();
  }

  private String state(String id) {
    return ec2.describeInstances(r -> r.instanceIds(id))
        .reservations()
        .get(0)
        .instances()
        .get(0)
        .state()
        .nameAsString();
  }

  private Ec2Client client(String account, String region) {
    return estate.unguarded(Ec2Client.class, estate.in(account, region).scope());
  }
}
