package io.opsautomator.action;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * When this invocation must have returned (a Lambda's end of life, a lease). Thread-safe; not the
 * task's time-out.
 */
public record Deadline(Instant at, InstantSource clock) {
  /** Zero when past, never negative. */
  public Duration remaining() {
    Duration left = Duration.between(clock.instant(), at);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
