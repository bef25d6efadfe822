package io.opsautomator.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What real signals do to a real process is in {@code ServiceProcessTest}. */
final class StopSignalsTest {
  private static final int TERM = 15;
  private static final int INT = 2;

  @Test
  void theFirstSignalAsksAndTheSecondDoesNotWait() throws InterruptedException {
    List<String> heard = new ArrayList<>();
    try (StopSignals signals =
        StopSignals.listening(() -> heard.add("first"), number -> heard.add("at once " + number))) {
      assertThat(signals.stopping()).isFalse();

      signals.heard(TERM);
      signals.await();
      assertThat(signals.stopping()).isTrue();
      assertThat(heard).containsExactly("first");

      signals.heard(INT);
      assertThat(heard).containsExactly("first", "at once 2");
    }
  }
}
