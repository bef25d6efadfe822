package io.opsautomator.store;

import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.Trigger;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * One triggering of a task, as stored. Immutable.
 *
 * @param watchAt when somebody has to look whether it goes on, if nothing has happened by then
 * @param drive how often it has been driven again, and on what terms
 */
public record Run(
    RunId id,
    TaskName task,
    Cause cause,
    State state,
    Instant watchAt,
    Summary summary,
    Drive drive) {

  public enum State {
    /** Waits for the open run of its task to end. */
    QUEUED,
    SELECTING,
    DISPATCHING,
    CANCELLING,
    /** Being cancelled, and what was done is taken back. */
    UNDOING,
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
      return compareTo(UNDOING) > 0;
    }

    /** Open runs are looked after; a queued one waits for another to end. */
    public boolean open() {
      return this == SELECTING || this == DISPATCHING || cancelling();
    }

    public boolean cancelling() {
      return this == CANCELLING || this == UNDOING;
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
      long revision, String definition, Trigger trigger, Instant at, Missed missed) {
    /** Without the definition, which holds secret parameters. */
    @Override
    public String toString() {
      return "Cause[revision=" + revision + ", trigger=" + trigger.key() + ", at=" + at + "]";
    }
  }

  /**
   * Instants that this run stands for besides its own, because nobody looked when they were due.
   */
  public record Missed(int count, Optional<Instant> from, Optional<Instant> to) {
    public static final Missed NONE = new Missed(0, Optional.empty(), Optional.empty());
  }

  /**
   * What is known of it so far, or in the end.
   *
   * @param extent what selection came to, once that is known
   * @param succeeded executions that did, over all drives; the other two are of the latest drive
   * @param reason in words for an operator; empty when there is nothing to explain
   * @param owing whether runs that follow this one may not have been made yet; for a run that has
   *     ended
   */
  public record Summary(
      Optional<Instant> ended,
      Optional<Extent> extent,
      int succeeded,
      int failed,
      int notStarted,
      String reason,
      boolean owing) {
    public static final Summary NONE = new Summary(Optional.empty(), Optional.empty(), 0, 0, 0, "");

    /** One that owes nothing. */
    public Summary(
        Optional<Instant> ended,
        Optional<Extent> extent,
        int succeeded,
        int failed,
        int notStarted,
        String reason) {
      this(ended, extent, succeeded, failed, notStarted, reason, false);
    }

    public static Summary of(String reason) {
      return NONE.because(reason);
    }

    public Summary endedAt(Instant instant) {
      return new Summary(
          Optional.of(instant), extent, succeeded, failed, notStarted, reason, owing);
    }

    public Summary over(Extent selection) {
      return new Summary(
          ended, Optional.of(selection), succeeded, failed, notStarted, reason, owing);
    }

    public Summary counting(int succeeded, int failed, int notStarted) {
      return new Summary(ended, extent, succeeded, failed, notStarted, reason, owing);
    }

    public Summary because(String reason) {
      return new Summary(ended, extent, succeeded, failed, notStarted, reason, owing);
    }

    public Summary owing(boolean followUps) {
      return new Summary(ended, extent, succeeded, failed, notStarted, reason, followUps);
    }

    /** As before anything came of it: nothing has ended, the selection is what it was. */
    public Summary afresh() {
      return new Summary(Optional.empty(), extent, 0, 0, 0, "");
    }
  }

  /**
   * How much a run is about.
   *
   * @param listed resources in all slices
   * @param selected those of them that the filters kept
   */
  public record Extent(int listed, int selected) {}

  /**
   * One passage of a run through its executions. Whatever failed in one may be driven again by the
   * next.
   *
   * @param number 0 for the first
   * @param uncertain executions in doubt that a person has named, to be driven again as well
   */
  public record Drive(int number, Set<ExecutionId> uncertain) {
    public static final Drive FIRST = new Drive(0, Set.of());

    public Drive {
      uncertain = Set.copyOf(uncertain);
    }

    public Drive next(Set<ExecutionId> uncertain) {
      return new Drive(number + 1, uncertain);
    }
  }

  /** Whether somebody has to look whether it goes on: it is open, or owes follow-ups. */
  public boolean watched() {
    return state.open() || summary.owing();
  }

  public Run with(State state, Summary summary) {
    return new Run(id, task, cause, state, watchAt, summary, drive);
  }

  public Run watchedNext(Instant next) {
    return new Run(id, task, cause, state, next, summary, drive);
  }

  public Run with(Drive drive) {
    return new Run(id, task, cause, state, watchAt, summary, drive);
  }
}
