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
  record All(int atMost, Duration notOlderThan) implements MisfirePolicy {}
}
