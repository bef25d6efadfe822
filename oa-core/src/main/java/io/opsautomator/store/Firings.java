package io.opsautomator.store;

import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Tasks with their next firing, and runs. A run exists through the very write that moves its task
 * on.
 */
public interface Firings {

  List<Due> due(Instant upTo, int limit);

  /**
   * One transaction: the task is as {@code due} says and moves on, the run comes into being. At
   * most one caller wins.
   */
  Write<Run> claim(Due due, Firing firing);

  /**
   * For events and requests: the run comes into being unless its id is known; the task's clock
   * stands still.
   */
  Write<Run> trigger(Due task, Run run);

  /**
   * Stores a definition over revision {@code expected} (0: must be new); the next firing is never
   * in the past.
   */
  Write<Due> put(Due task, String definition, long expected);

  /** Leaves a tombstone, so that a task of the same name is another one. */
  Write<Due> delete(TaskName task, long expected);

  /**
   * One transaction: the run moves on, and when it ends, a run that waited for it is opened and
   * returned.
   */
  Write<Moved> move(RunId run, RunState from, RunState to);

  /** Open runs whose time has come to be looked at. */
  List<Run> toWatch(Instant upTo, int limit);

  Write<Run> watched(Run run, Instant next);

  /** A task as far as its clock goes. {@code open} is the run that overlap policies look at. */
  record Due(
      TaskName task,
      long revision,
      String incarnation,
      Optional<Instant> next,
      Optional<RunId> open,
      int queued) {}

  /**
   * {@code next} is where the clock goes; {@code missed} instants are accounted for by this run.
   */
  record Firing(Run run, Optional<Instant> next, int missed) {}

  record Run(
      RunId id,
      TaskName task,
      String definition,
      Instant due,
      RunState state,
      int drive,
      Instant watchAt) {}

  record Moved(Run run, Optional<Run> opened) {}

  enum RunState {
    QUEUED,
    SELECTING,
    DISPATCHING,
    CANCELLING,
    COMPLETE,
    PARTIAL,
    FAILED,
    CANCELLED,
    PASSED
  }
}
