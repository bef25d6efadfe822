package io.opsautomator.schedule;

import java.time.Duration;

/** What to do with firings that were due while nobody looked. Immutable. */
public sealed interface MisfirePolicy {
  MisfirePolicy DEFAULT = new Last();

  record Skip() implements MisfirePolicy {}

  /** One run, for the latest of them. */
  record Last() implements MisfirePolicy {}

  /**
   * Each of them, oldest first, unless more than {@code atMost} or older than {@code notOlderThan}.
   */
  record All(int atMost, Duration notOlderThan) implements MisfirePolicy {
    public All {
      if (atMost < 1) {
        throw new IllegalArgumentException("atMost " + atMost + " is less than 1");
      }
      if (notOlderThan.isNegative() || notOlderThan.isZero()) {
        throw new IllegalArgumentException("notOlderThan " + notOlderThan + " is not positive");
      }
    }
  }
}
