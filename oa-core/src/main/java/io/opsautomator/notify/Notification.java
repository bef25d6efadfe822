package io.opsautomator.notify;

import io.opsautomator.store.Execution;
import io.opsautomator.store.Run;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Something to tell people of. Immutable; holds no secrets. */
public sealed interface Notification {

  /** The same each time it is told, by whatever process; another for anything else. */
  String id();

  /** When it came about. */
  Instant at();

  TaskName task();

  /**
   * A run came into being.
   *
   * @param waits whether it waits for another run of its task to end
   */
  record RunStarted(String id, Instant at, TaskName task, RunId run, Trigger trigger, boolean waits)
      implements Notification {}

  /**
   * A run ended; one that is driven again ends again.
   *
   * @param failed the first ten of those that did not succeed
   * @param slowest up to five, the slowest first; empty for runs of more than 10,000 executions
   */
  record RunEnded(
      String id,
      Instant at,
      TaskName task,
      RunId run,
      Run.State state,
      Run.Summary summary,
      List<Part> failed,
      List<Part> slowest)
      implements Notification {
    public RunEnded {
      failed = List.copyOf(failed);
      slowest = List.copyOf(slowest);
    }
  }

  /**
   * One execution of a run.
   *
   * @param unit what it was about: the key of its unit
   * @param took from its first start to its end; empty when it never started
   * @param outcome in words; empty when there is nothing to explain
   */
  record Part(
      ExecutionId execution,
      String unit,
      Execution.Status status,
      Optional<Duration> took,
      String outcome) {}

  /**
   * Nothing happened, and somebody may have expected that something would.
   *
   * @param run that did nothing, if there is one
   * @param words for people
   */
  record NothingHappened(
      String id, Instant at, TaskName task, Why why, Optional<RunId> run, String words)
      implements Notification {}

  /** Why nothing happened. */
  enum Why {
    /** It was due, and more than the grace time later it had not fired. */
    NOT_FIRED,
    /** It fired, and a rule for missed firings or overlapping runs held the run back. */
    HELD_BACK,
    /** The run ended well, and had selected nothing. */
    NOTHING_SELECTED,
    /** No run of it has ended well for longer than the task allows. */
    NO_SUCCESS
  }
}
