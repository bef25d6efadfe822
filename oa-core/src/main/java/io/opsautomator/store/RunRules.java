package io.opsautomator.store;

import io.opsautomator.store.StoredTask.Clock;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What each write of a task and its runs demands and does: pure functions of what is stored. */
public final class RunRules {
  private RunRules() {}

  /**
   * Whether nothing has changed since the scheduler decided: same definition, enabled, same clock.
   */
  public static boolean mayFire(StoredTask stored, StoredTask asRead) {
    return stored.state() == StoredTask.State.ENABLED
        && stored.revision() == asRead.revision()
        && stored.incarnation().equals(asRead.incarnation())
        && stored.clock().equals(asRead.clock());
  }

  /**
   * The clock after a firing. What was asked for may exist already, made by somebody who was asked
   * the same: then its run neither opens nor waits now, whatever the caller had in mind when it
   * read the task, for it may have ended since. Who changes nothing at all is refused, so that who
   * makes a run is told so, and nobody else.
   *
   * @param known whether all runs that were asked for are there
   */
  public static Clock fired(Clock stored, Clock after, boolean known) {
    return known
        ? new Clock(after.next(), after.lastDue(), stored.open(), stored.queued(), after.told())
        : after;
  }

  /**
   * The outcome of storing {@code task} over {@code expected}; open and queued runs stay as they
   * are, also when a task takes the place of one that was deleted: they are looked after until they
   * have ended. Refused when the clock would go back to an instant that has been accounted for,
   * since the task fired after the edit was worked out.
   */
  public static Write<StoredTask> put(Optional<StoredTask> stored, StoredTask task, long expected) {
    boolean present = stored.filter(s -> s.state() != StoredTask.State.DELETED).isPresent();
    if (expected == 0 && present || expected != 0 && !present) {
      return stored.<Write<StoredTask>>map(Write.Refused::new).orElseGet(Write.Absent::new);
    }
    if (present && stored.orElseThrow().revision() != expected) {
      return new Write.Refused<>(stored.orElseThrow());
    }
    Clock was = stored.map(StoredTask::clock).orElse(Clock.STOPPED);
    Optional<Instant> lastDue = present ? was.lastDue() : Optional.empty();
    if (task.clock()
        .next()
        .filter(next -> !next.isAfter(lastDue.orElse(Instant.MIN)))
        .isPresent()) {
      return new Write.Refused<>(stored.orElseThrow());
    }
    Clock clock =
        new Clock(
            task.clock().next(),
            task.clock().lastDue().or(() -> lastDue),
            was.open(),
            was.queued(),
            present ? was.told() : Optional.empty());
    long revision = stored.map(StoredTask::revision).orElse(0L) + 1;
    return new Write.Applied<>(
        new StoredTask(
            task.name(), revision, task.incarnation(), task.state(), task.definition(), clock));
  }

  /** A run leaves an ended state by a redrive only. */
  public static boolean mayMove(Run stored, int drive, Run.State from) {
    return stored.state() == from && stored.drive().number() == drive && !from.ended();
  }

  /** The run without what it owed; empty when it owes nothing in this drive. */
  public static Optional<Run> settled(Run stored, int drive) {
    boolean owes = stored.summary().owing() && stored.drive().number() == drive;
    return owes
        ? Optional.of(stored.with(stored.state(), stored.summary().owing(false)))
        : Optional.empty();
  }

  /**
   * Whether the run may be driven again by somebody who saw it after this drive. Not while it owes
   * runs that follow it: they follow the end that it has come to.
   */
  public static boolean mayRedrive(Run stored, int expectedDrive) {
    return !stored.summary().owing()
        && (stored.state() == Run.State.PARTIAL || stored.state() == Run.State.FAILED)
        && stored.drive().number() == expectedDrive;
  }

  /** The run as its next drive begins. */
  public static Run redriven(Run stored, Set<ExecutionId> uncertain, Instant watchAt) {
    return stored
        .with(Run.State.DISPATCHING, stored.summary().afresh())
        .with(stored.drive().next(uncertain))
        .watchedNext(watchAt);
  }

  /**
   * The task's clock with this run open, or empty when another one is. For tasks whose overlap rule
   * lets one run be open at a time.
   */
  public static Optional<Clock> opening(Clock clock, RunId run) {
    return clock.open().isPresent()
        ? Optional.empty()
        : Optional.of(
            new Clock(
                clock.next(), clock.lastDue(), Optional.of(run), clock.queued(), clock.told()));
  }

  /**
   * When it ended, for purging; one that never began ended when it was triggered. Empty for open
   * and queued runs.
   */
  public static Optional<Instant> endedAt(Run run) {
    return run.state().ended()
        ? run.summary().ended().or(() -> Optional.of(run.cause().at()))
        : Optional.empty();
  }

  /**
   * The run that takes the place of {@code ended}, if its task has that one open and others queued.
   */
  public static Optional<RunId> successor(StoredTask task, RunId ended) {
    boolean open = task.clock().open().filter(ended::equals).isPresent();
    return open ? task.clock().queued().stream().findFirst() : Optional.empty();
  }

  /** The task's clock after {@code ended} is no longer open or queued. */
  public static Clock without(Clock clock, RunId ended) {
    List<RunId> queued = clock.queued().stream().filter(id -> !id.equals(ended)).toList();
    if (clock.open().filter(ended::equals).isEmpty()) {
      return new Clock(clock.next(), clock.lastDue(), clock.open(), queued, clock.told());
    }
    Optional<RunId> next = queued.stream().findFirst();
    return new Clock(
        clock.next(),
        clock.lastDue(),
        next,
        queued.subList(Math.min(1, queued.size()), queued.size()),
        clock.told());
  }
}
