package io.opsautomator.task;

import java.time.Duration;
import java.util.Optional;

/**
 * Not all at once: the executions of a run go in waves, and each wave starts only when the one
 * before is over. Immutable.
 *
 * <p>The canary is the first wave, if there is one; {@code waves} is the size of all others.
 * Without {@code waves} the rest goes as one wave. A percentage is of all executions of the run,
 * rounded down, and at least one execution.
 *
 * @param canary so many executions go first; any failure among them stops the run, whatever {@link
 *     Guards#maxErrors} would tolerate
 * @param waves so many executions then go at a time
 * @param pause between the end of a wave and the start of the next; may be zero
 * @param approve whether a person has to let each further wave go, after the pause
 */
public record Rollout(
    Optional<Amount> canary, Optional<Amount> waves, Duration pause, boolean approve) {
  /** Throws IllegalArgumentException without canary and waves, or for a negative pause. */
  public Rollout {
    if (canary.isEmpty() && waves.isEmpty()) {
      throw new IllegalArgumentException("a rollout needs a canary, or waves");
    }
    if (pause.isNegative()) {
      throw new IllegalArgumentException("the pause " + pause + " is negative");
    }
  }
}
