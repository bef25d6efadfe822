package io.opsautomator.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.store.InMemoryStore;
import io.opsautomator.store.Run;
import io.opsautomator.testkit.Estate;
import io.opsautomator.testkit.VirtualTime;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The example runs, on a simulated estate in virtual time. */
final class NightStopTest {
  private final VirtualTime time = VirtualTime.startingAt("2026-03-02T12:00:00Z");
  private final Estate estate = Estate.at(time);

  @Test
  void stopsDevelopmentMachinesAtEightInBerlin() {
    estate.instance("i-1", "t3.micro", Map.of("env", "dev"));
    estate.instance("i-2", "t3.micro", Map.of("env", "dev", "keep", "yes"));
    try (OpsAutomator ops =
        OpsAutomator.builder()
            .install(estate)
            .provide(Chat.class, (room, text) -> {})
            .store(new InMemoryStore())
            .clock(time)
            .timer(time)
            .executor(time)
            .random(new SplittableRandom(1))
            .audit(NightStop.pager())
            .task(NightStop.night())
            .build()) {
      ops.start();
      time.advance(Duration.ofHours(6));
      assertThat(estate.picture()).contains("i-1: t3.micro running");
      time.advance(Duration.ofHours(3));

      assertThat(ops.history(Optional.empty(), 5))
          .extracting(Run::state)
          .containsExactly(Run.State.COMPLETE);
    }
    assertThat(estate.picture())
        .contains("i-1: t3.micro stopped")
        .contains("i-2: t3.micro running");
  }
}
