package io.opsautomator.plan;

import io.opsautomator.store.Store;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Whether a task's schedules fire at an instant, what came of it, and why not. Immutable.
 *
 * @param at the firing; the instant that was asked for where there is none
 * @param reasons sentences for people, the most important first; empty where a plain yes says it
 *     all
 * @param run that was made of it, or the record that says why none was
 */
public record FiringVerdict(
    Instant at, Outcome outcome, List<String> reasons, Optional<RunId> run) {
  public FiringVerdict {
    reasons = List.copyOf(reasons);
  }

  public enum Outcome {
    /** No schedule fires then, or the task's dates are over. */
    NOT_DUE,
    /** Due, and nothing comes of it: a calendar, or somebody, keeps the task from it. */
    KEPT_FROM,
    /** Due in the future. */
    WILL_RUN,
    /** A run was made of it. */
    RAN,
    /** It was due and accounted for, and no run was made of it: missed, or an overlap. */
    HELD_BACK,
    /** It was due, and the store knows nothing of it. */
    NO_RECORD
  }

  /**
   * Works it out from the task's timetable, which is the scheduler's own, and from the records of a
   * store. Only reads.
   *
   * @param at any instant of the minute that is meant
   * @param store where runs of the task are recorded, if anywhere; it need not know the task
   */
  public static FiringVerdict of(Task task, Instant at, Instant now, Store store) {
    return new FiringQuestion(task, at, now, store).answer();
  }

  /**
   * The same for a time on a clock. One that the clocks leave out is answered for the instant at
   * which they change, by each schedule's own rule for such times; one that they show twice means
   * the first.
   *
   * @param clock any time of the minute that is meant
   * @param zone whose clocks
   */
  public static FiringVerdict of(
      Task task, LocalDateTime clock, ZoneId zone, Instant now, Store store) {
    return zone.getRules().getValidOffsets(clock).isEmpty()
        ? new GapQuestion(task, clock, zone, now, store).answer()
        : of(task, clock.atZone(zone).toInstant(), now, store);
  }
}
