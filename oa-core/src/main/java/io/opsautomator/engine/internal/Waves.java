package io.opsautomator.engine.internal;

import io.opsautomator.store.Terms;
import io.opsautomator.task.Amount;
import io.opsautomator.task.Guards;
import io.opsautomator.task.Rollout;
import java.util.Optional;

/**
 * The terms of a run's own gate: how many of its executions may fail, and how many may begin by the
 * end of each wave. Pure functions of the task's guards and the number of executions, so that
 * whoever works them out again comes to the same.
 */
final class Waves {
  private Waves() {}

  /**
   * @param total executions of the run
   */
  static Terms first(Guards guards, int total) {
    Optional<Rollout> rollout = guards.rollout();
    Optional<Amount> canary = rollout.flatMap(Rollout::canary);
    if (canary.isPresent()) {
      return terms(1, some(canary.get(), total));
    }
    long allowance =
        rollout
            .flatMap(Rollout::waves)
            .map(wave -> (long) some(wave, total))
            .orElse(Long.MAX_VALUE);
    return terms(maxErrors(guards, total), allowance);
  }

  /**
   * @param granted how many have been let in so far
   */
  static Terms next(Guards guards, int total, Terms now, long granted) {
    long allowance =
        guards
            .rollout()
            .flatMap(Rollout::waves)
            .map(wave -> granted + some(wave, total))
            .orElse(Long.MAX_VALUE);
    return now.nextWave(allowance).withMaxFailed(maxErrors(guards, total));
  }

  private static Terms terms(int maxFailed, long allowance) {
    return Terms.NONE.withMaxFailed(maxFailed).withAllowance(allowance);
  }

  /** 0 when any number may fail. */
  private static int maxErrors(Guards guards, int total) {
    return guards.stopAfter(total).orElse(0);
  }

  private static int some(Amount amount, int total) {
    return Math.max(1, amount.of(total));
  }
}
