package io.opsautomator.lambda;

import java.time.Duration;
import java.time.Instant;

/**
 * How an invocation's time is divided. From {@code beginBy} on nothing is begun, and what is at
 * work hands back at its next effect or wait; there is time left for one call that gets no answer.
 * At {@code returnBy} the function returns, whatever is still at work, for who is stopped by the
 * platform cannot say which messages were handled.
 */
record TimeLeft(Instant beginBy, Instant returnBy) {
  /** A call may take a minute until it is given up. */
  private static final Duration TO_END = Duration.ofSeconds(90);

  private static final Duration TO_RETURN = Duration.ofSeconds(5);

  /** With little time in all, a quarter of it is for coming to an end. */
  static TimeLeft of(Instant now, Duration remaining) {
    Instant end = now.plus(remaining);
    return new TimeLeft(
        end.minus(shorter(TO_END, remaining.dividedBy(4))),
        end.minus(shorter(TO_RETURN, remaining.dividedBy(10))));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
