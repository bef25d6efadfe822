package io.opsautomator.store;

import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.Trigger;
import java.time.Instant;
import java.util.Optional;

/**
 * One triggering of a task, as stored. Immutable.
 *
 * @param watchAt when somebody has to look whether it goes on, if nothing has happened by then
 */
public record Run(
    RunId id, TaskName task, Cause cause, State state, Instant watchAt, Summary summary) {

  public enum State {
    /** Waits for the open run of its task to end. */
    QUEUED,
    SELECTING,
    DISPATCHING,
    CANCELLING,
    /** All selected, all succeeded. */
    COMPLETE,
    /** Some failed, or some could not be selected. */
    PARTIAL,
    FAILED,
    CANCELLED,
    /**
     * Never began: held back by an overlap or misfire rule. A record, so that nothing is silent.
     */
    PASSED;

    public boolean ended() {
      return compareTo(CANCELLING) > 0;
    }

    /** Open runs are looked after; a queued one waits for another to end. */
    public boolean open() {
      return this == SELECTING || this == DISPATCHING || this == CANCELLING;
    }
  }

  /**
   * Why it exists; never changes.
   *
   * @param revision of the task when it fired
   * @param definition of the task when it fired; a run is not touched by later edits
   * @param at when it was triggered, which may be later than it was due
   */
  public record Cause(
      long revision, String definition, Trigger trigger, Instant at, Missed missed) {}

  /**
   * Instants that this run stands for besides its own, because nobody looked when they were due.
   */
  public record Missed(int count, Optional<Instant> from, Optional<Instant> to) {
    public static final Missed NONE = new Missed(0, Optional.empty(), Optional.empty());
  }

  /**
   * What is known of it so far, or in the end.
   *
   * @param reason in words for an operator; empty when there is nothing to explain
   */
  public record Summary(
      Optional<Instant> ended, int succeeded, int failed, int notStarted, String reason) {
    public static final Summary NONE = new Summary(Optional.empty(), 0, 0, 0, "");

    public static Summary of(String reason) {
      return new Summary(Optional.empty(), 0, 0, 0, reason);
    }

    public Summary endedAt(Instant instant) {
      return new Summary(Optional.of(instant), succeeded, failed, notStarted, reason);
    }
  }

  public Run with(State state, Summary summary) {
    return new Run(id, task, cause, state, watchAt, summary);
  }

  public Run watchedNext(Instant next) {
    return new Run(id, task, cause, state, next, summary);
  }
}
