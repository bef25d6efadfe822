package io.opsautomator.store;

import io.opsautomator.store.Execution.Cancel;
import io.opsautomator.store.Execution.Progress;
import io.opsautomator.store.Execution.Wait;
import java.time.Instant;
import java.util.Optional;

/**
 * What each step leaves of an execution's progress: the half of {@link ExecutionRules} that counts.
 */
final class ProgressRules {
  private ProgressRules() {}

  static Progress claimed(Progress was, Instant now) {
    return new Progress(
        was.epoch() + 1,
        was.ticket(),
        was.attempts() + 1,
        was.drive(),
        was.startedAt().or(() -> Optional.of(now)),
        Optional.empty(),
        was.outcome(),
        was.cancel());
  }

  /** On to the next gate: nothing has begun, so nothing but the ticket changes. */
  static Progress passed(Progress was) {
    return new Progress(
        was.epoch(),
        was.ticket() + 1,
        was.attempts(),
        was.drive(),
        was.startedAt(),
        was.waiting(),
        was.outcome(),
        was.cancel());
  }

  static Progress waiting(Progress was, Wait wait) {
    return new Progress(
        was.epoch(),
        was.ticket(),
        0,
        was.drive(),
        was.startedAt(),
        Optional.of(wait),
        was.outcome(),
        was.cancel());
  }

  static Progress resumed(Progress was) {
    return new Progress(
        was.epoch() + 1,
        was.ticket(),
        1,
        was.drive(),
        was.startedAt(),
        Optional.empty(),
        was.outcome(),
        was.cancel());
  }

  static Progress queuedAgain(Progress was) {
    return new Progress(
        was.epoch(),
        was.ticket() + 1,
        0,
        was.drive(),
        was.startedAt(),
        Optional.empty(),
        was.outcome(),
        was.cancel());
  }

  static Progress ended(Progress was, String outcome) {
    return new Progress(
        was.epoch(),
        was.ticket(),
        was.attempts(),
        was.drive(),
        was.startedAt(),
        Optional.empty(),
        Optional.of(outcome),
        was.cancel());
  }

  static Progress cancelled(Progress was, Cancel cancel, boolean fenced) {
    return new Progress(
        was.epoch() + (fenced ? 1 : 0),
        was.ticket(),
        was.attempts(),
        was.drive(),
        was.startedAt(),
        was.waiting(),
        was.outcome(),
        was.cancel().or(() -> Optional.of(cancel)));
  }

  /** The epoch stays: it fences whoever worked on it in an earlier drive. */
  static Progress redriven(Progress was, int drive) {
    return new Progress(
        was.epoch(),
        was.ticket() + 1,
        0,
        drive,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
