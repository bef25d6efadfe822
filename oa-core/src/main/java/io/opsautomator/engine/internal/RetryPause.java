package io.opsautomator.engine.internal;

import io.opsautomator.action.TransientException.Kind;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before asking again. Grows by a factor of two from one failure to the next and
 * is spread over its upper half, so that those who failed together do not come back together. A
 * throttled service is given more time from the start.
 */
final class RetryPause {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private RetryPause() {}

  /**
   * @param failures how many there have been in a row, at least 1
   */
  static Duration after(int failures, Kind kind, RandomGenerator random) {
    Duration first = kind == Kind.THROTTLED ? Duration.ofSeconds(2) : Duration.ofSeconds(1);
    long grown = first.toMillis() << Math.min(failures - 1, 10);
    long full = Math.min(grown, LONGEST.toMillis());
    return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
  }
}
