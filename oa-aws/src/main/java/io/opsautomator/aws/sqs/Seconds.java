package io.opsautomator.aws.sqs;

import java.time.Duration;

/** Durations as SQS takes them. */
final class Seconds {
  private Seconds() {}

  /** Whole seconds, rounded up, since nothing may come too early; none when it is negative. */
  static int up(Duration duration) {
    if (duration.isNegative()) {
      return 0;
    }
    return (int) Math.min(Integer.MAX_VALUE, duration.plusNanos(999_999_999).toSeconds());
  }

  static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
