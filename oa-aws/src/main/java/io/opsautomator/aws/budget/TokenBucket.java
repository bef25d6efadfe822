package io.opsautomator.aws.budget;

import java.time.Duration;
import java.time.Instant;

/**
 * Tokens that come at a rate and are kept up to a capacity. In any stretch of time no more are
 * taken than the capacity and what came in that time together. Time that goes back is time that
 * stands still. Confined to whoever holds it.
 */
final class TokenBucket {
  private static final double NANOS = 1e9;

  /** Half a nanosecond's worth at the fastest rate: sums of fractions are not exact. */
  private static final double ROUNDING = 1e-6;

  private double perSecond;
  private double capacity;
  private double tokens;
  private Instant filled;

  TokenBucket(Instant now) {
    this.filled = now;
  }

  /** From now on; what was kept beyond the capacity is lost. */
  void set(double perSecond, double capacity, Instant now) {
    fill(now);
    this.perSecond = perSecond;
    this.capacity = capacity;
    tokens = Math.min(tokens, capacity);
  }

  /** For who has just come: the first one need not wait. */
  void grant(double some) {
    tokens = Math.min(capacity, tokens + some);
  }

  /** Nothing is saved any more. */
  void drain() {
    tokens = Math.min(tokens, 0);
  }

  boolean take(Instant now) {
    fill(now);
    if (tokens + ROUNDING < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  }

  /** Until there would be so many if nobody took any, however small the capacity. */
  Duration until(double amount, Instant now) {
    fill(now);
    double missing = amount - tokens;
    if (missing <= ROUNDING) {
      return Duration.ZERO;
    }
    double seconds = perSecond > 0 ? missing / perSecond : Double.MAX_VALUE;
    return seconds > Integer.MAX_VALUE
        ? Duration.ofSeconds(Integer.MAX_VALUE)
        : Duration.ofNanos((long) Math.ceil(seconds * NANOS));
  }

  private void fill(Instant now) {
    if (now.isAfter(filled)) {
      double seconds = Duration.between(filled, now).toNanos() / NANOS;
      tokens = Math.min(capacity, tokens + seconds * perSecond);
      filled = now;
    }
  }
}
