package io.opsautomator.task;

import java.time.Duration;

/**
 * In which portions a run starts its executions. Immutable. All at once is a wave of 100 %, one by
 * one a wave of 1. ROLLBACK undoes what succeeded, newest first, by the inverses the action gave
 * its effects.
 */
public record Rollout(
    int canaries,
    Amount wave,
    Duration pauseBetween,
    Amount minHealthy,
    Order order,
    OnFailure onFailure) {
  public static final Rollout ALL_AT_ONCE =
      new Rollout(
          0, Amount.percent(100), Duration.ZERO, Amount.of(0), Order.NAME, OnFailure.CONTINUE);

  public enum Order {
    NAME,
    AGE,
    ZONE_SPREAD,
    RANDOM
  }

  public enum OnFailure {
    STOP,
    CONTINUE,
    ROLLBACK
  }
}
