package io.opsautomator.report;

import java.time.Duration;
import java.util.Arrays;

/** How long things took. Not thread-safe. */
final class Durations {
  private long[] millis = new long[64];
  private int count;
  private boolean sorted;

  void add(Duration duration) {
    if (count == millis.length) {
      millis = Arrays.copyOf(millis, 2 * count);
    }
    millis[count++] = duration.toMillis();
    sorted = false;
  }

  int count() {
    return count;
  }

  /**
   * The shortest one that this share of all does not exceed.
   *
   * @throws IllegalStateException if there is none
   */
  Duration quantile(double share) {
    if (count == 0) {
      throw new IllegalStateException("nothing was measured");
    }
    if (!sorted) {
      Arrays.sort(millis, 0, count);
      sorted = true;
    }
    int rank = (int) Math.ceil(share * count);
    return Duration.ofMillis(millis[Math.max(0, Math.min(count, rank) - 1)]);
  }
}
