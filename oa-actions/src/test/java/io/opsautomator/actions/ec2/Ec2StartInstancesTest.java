package io.opsautomator.actions.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.action.Evidence;
import io.opsautomator.actions.ec2.Ec2StartInstances.Params;
import io.opsautomator.aws.AwsClients;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.testkit.ActionContract;
import io.opsautomator.testkit.ActionHarness;
import io.opsautomator.testkit.ActionHarness.Ran;
import io.opsautomator.testkit.Estate;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class Ec2StartInstancesTest extends ActionContract<Params> {
  private final ActionHarness<Params> two =
      ActionHarness.of(services -> new Ec2StartInstances(services.get(AwsClients.class)))
          .given(
              estate -> {
                estate.in(Estate.HOME).stoppedInstance("i-1", "t3.micro", Map.of());
                estate.in(Estate.HOME).stoppedInstance("i-2", "m5.large", Map.of());
              });
  private final ActionHarness<Params> scarce =
      two.named("without capacity for one").given(e -> e.faults().noCapacityFor("m5.large"));

  @Override
  protected Stream<ActionHarness<Params>> cases() {
    return Stream.of(two, two.named("one").on("i-1"), scarce);
  }

  @Test
  void startsAndConfirmsEach() {
    Ran ran = two.run();

    assertThat(ran.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(ran.outcome().evidence())
        .isEqualTo(
            Map.of(
                "i-1", Evidence.confirmed("is running"), "i-2", Evidence.confirmed("is running")));
  }

  @Test
  void oneWithoutCapacityDoesNotKeepTheOthersStopped() {
    Ran ran = scarce.run();

    assertThat(ran.outcome().evidence().get("i-1")).isEqualTo(Evidence.confirmed("is running"));
    assertThat(ran.outcome().evidence().get("i-2").kind()).isEqualTo(Evidence.Kind.CONTRADICTED);
    assertThat(ran.reason()).contains("i-2: InsufficientInstanceCapacity", "m5.large");
  }

  @Test
  void is504_saysInTheServicesWordsWhyOneStoppedAgain() {
    Ran ran =
        two.given(e -> e.in(Estate.HOME).startFallsBack("i-1", "Client.InternalError: no key"))
            .run();

    assertThat(ran.outcome().evidence().get("i-1"))
        .isEqualTo(Evidence.contradicted("is stopped: Client.InternalError: no key"));
  }

  @Test
  void leavesOutWhatRuns() {
    Ran ran = two.given(e -> e.instance("i-3", "t3.micro", Map.of())).run();

    assertThat(ran.outcome().evidence()).containsOnlyKeys("i-1", "i-2");
  }
}
