package io.opsautomator.actions.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.actions.ec2.Ec2DeleteSnapshot.Params;
import io.opsautomator.aws.AwsClients;
import io.opsautomator.testkit.ActionHarness;
import io.opsautomator.testkit.Estate;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class Ec2DeleteSnapshotTest {
  private final ActionHarness<Params> four =
      ActionHarness.of(services -> new Ec2DeleteSnapshot(services.get(AwsClients.class)))
          .given(
              estate -> {
                for (int i = 1; i <= 4; i++) {
                  estate
                      .in(Estate.HOME)
                      .snapshot(
                          "snap-" + i,
                          "vol-1",
                          Instant.parse("2026-02-0%dT00:00:00Z".formatted(i)),
                          Map.of());
                }
              });

  @Test
  void deletesTheOldestBeyondTheCount() {
    var ran = four.with(new Params(0, 2)).run();

    assertThat(ran.outcome().report().toString()).contains("deleted={eu-west-1=[snap-1, snap-2]}");
  }
}
