package io.opsautomator.actions.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.action.Evidence;
import io.opsautomator.actions.ec2.Ec2StopInstances.Params;
import io.opsautomator.aws.AwsClients;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.testkit.ActionContract;
import io.opsautomator.testkit.ActionHarness;
import io.opsautomator.testkit.ActionHarness.Ran;
import io.opsautomator.testkit.Call;
import io.opsautomator.testkit.Estate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class Ec2StopInstancesTest extends ActionContract<Params> {
  private final ActionHarness<Params> two =
      ActionHarness.of(services -> new Ec2StopInstances(services.get(AwsClients.class)))
          .given(
              estate -> {
                estate.instance("i-1", "t3.micro", Map.of());
                estate.instance("i-2", "t3.micro", Map.of());
              });

  private final ActionHarness<Params> stubborn =
      two.named("with one that refuses")
          .given(e -> e.faults().on("i-1").refuseAlways("StopInstances", "OperationNotPermitted"));

  @Override
  protected Stream<ActionHarness<Params>> cases() {
    return Stream.of(two, two.named("one").on("i-1"), stubborn);
  }

  private static List<Call> stops(Ran ran) {
    return ran.estate().calls().stream()
        .filter(call -> call.operation().equals("StopInstances"))
        .toList();
  }

  @Test
  void stopsTheInstancesOfARegionInOneCallAndConfirmsEach() {
    Ran ran = two.run();

    assertThat(ran.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(ran.outcome().evidence())
        .isEqualTo(
            Map.of(
                "i-1", Evidence.confirmed("is stopped"), "i-2", Evidence.confirmed("is stopped")));
    assertThat(stops(ran)).hasSize(1);
  }

  @Test
  void leavesOutWhatDoesNotRun() {
    Ran ran = two.given(e -> e.in(Estate.HOME).stoppedInstance("i-3", "t3.micro", Map.of())).run();

    assertThat(ran.outcome().evidence()).containsOnlyKeys("i-1", "i-2");
  }

  @Test
  void oneThatRefusesDoesNotKeepTheOthersRunning() {
    Ran ran = stubborn.run();

    assertThat(ran.status()).isEqualTo(Status.FAILED);
    assertThat(ran.outcome().evidence().get("i-2")).isEqualTo(Evidence.confirmed("is stopped"));
    assertThat(ran.outcome().evidence().get("i-1").kind()).isEqualTo(Evidence.Kind.CONTRADICTED);
    assertThat(ran.reason()).contains("OperationNotPermitted");
    assertThat(stops(ran)).hasSize(3);
  }

  @Test
  void saysInTheServicesWordsWhyOneRunsAgain() {
    Ran ran =
        two.given(e -> e.in(Estate.HOME).stopFallsBack("i-1", "Server.InternalError: it hangs"))
            .run();

    assertThat(ran.outcome().evidence().get("i-1"))
        .isEqualTo(Evidence.contradicted("is running: Server.InternalError: it hangs"));
  }

  @Test
  void doesNotWaitForEver() {
    Ran ran = two.given(e -> e.stoppingTakes(Duration.ofHours(1))).run();

    assertThat(ran.outcome().evidence().get("i-1"))
        .isEqualTo(Evidence.unknown("is still stopping"));
  }

  @Test
  void hibernatesWhatCanBeHibernated() {
    Ran ran = two.with(new Params(true)).given(e -> e.in(Estate.HOME).hibernates("i-2")).run();

    assertThat(ran.outcome().evidence().get("i-1").detail())
        .contains("UnsupportedHibernationConfiguration");
    assertThat(ran.outcome().evidence().get("i-2")).isEqualTo(Evidence.confirmed("is stopped"));
  }
}
