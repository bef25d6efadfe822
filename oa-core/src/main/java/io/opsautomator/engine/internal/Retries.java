package io.opsautomator.engine.internal;

import io.opsautomator.action.ActionException;
import io.opsautomator.action.TransientException;
import io.opsautomator.store.Execution;
import io.opsautomator.store.ExecutionRules;
import io.opsautomator.store.JournalEntry;
import io.opsautomator.task.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Applies a task's retry policy to one attempt. Never past the deadline, whatever it says. */
final class Retries {
  private final Kernel kernel;

  Retries(Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * Before a call that got no reliable answer is made again.
   *
   * @param failures in a row, this one included
   * @return empty when there is no further attempt, or no time for one
   */
  Optional<Duration> pause(Attempt attempt, TransientException failure, int failures) {
    return pause(attempt, policy(attempt).of(failure.kind()), failures);
  }

  /** Before the action, which has failed, begins anew; not if its execution is to be cancelled. */
  Optional<Duration> pauseAfterFailure(Attempt attempt, ActionException failure, int failures) {
    return policy(attempt)
        .of(failure.code())
        .filter(rule -> attempt.image().progress().cancel().isEmpty())
        .flatMap(rule -> pause(attempt, rule, failures));
  }

  /**
   * How often the action has failed at this place, now included.
   *
   * @param fresh what is not stored yet
   */
  static int failures(Execution image, List<JournalEntry> fresh) {
    boolean further = fresh.stream().anyMatch(entry -> entry.stage() == JournalEntry.Stage.DONE);
    return further ? 1 : ExecutionRules.begunAgain(image) + 1;
  }

  private Optional<Duration> pause(Attempt attempt, RetryPolicy.Rule rule, int failures) {
    return Optional.of(rule)
        .filter(r -> r.goesOn(failures))
        .map(r -> r.pause(failures, kernel.random()))
        .filter(pause -> kernel.now().plus(pause).isBefore(attempt.deadline()));
  }

  private static RetryPolicy policy(Attempt attempt) {
    return attempt.job().task().limits().retry();
  }

  /** Why it failed in the end, and how often it was tried if that was more than once. */
  static String words(Attempt attempt, ActionException failure, int failures) {
    boolean tried = failures > 1 && policy(attempt).of(failure.code()).isPresent();
    return failure.getMessage() + (tried ? "; after " + times(failures) : "");
  }

  static String times(int failures) {
    return failures + (failures == 1 ? " try" : " tries");
  }
}
