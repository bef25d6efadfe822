package io.opsautomator.actions.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.actions.ec2.Ec2CreateSnapshot.Params;
import io.opsautomator.aws.AwsClients;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.testkit.ActionHarness;
import io.opsautomator.testkit.ActionHarness.Ran;
import io.opsautomator.testkit.Estate;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class Ec2CreateSnapshotTest {
  private final ActionHarness<Params> harness =
      ActionHarness.of(services -> new Ec2CreateSnapshot(services.get(AwsClients.class)))
          .given(
              estate -> {
                estate.instance("i-1", "t3.micro", Map.of());
                estate.in(Estate.HOME).volume("vol-d", 10, Map.of());
                estate.in(Estate.HOME).attach("vol-d", "i-1", "/dev/sdg");
              });

  @Test
  void takesASnapshotOfEveryVolume() {
    Ran ran = harness.run();

    assertThat(ran.reason()).isEmpty();
    assertThat(ran.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(ran.outcome().evidence()).containsOnlyKeys("vol-1", "vol-d");
  }
}
