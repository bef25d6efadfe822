package io.opsautomator.store;

import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs. A run exists through the very write that moves its task on, so none is lost and none
 * doubled.
 */
public interface Runs {

  /**
   * One transaction: if the task is still as read (revision, enabled, next firing, open and queued
   * runs), its clock becomes {@code after} and the runs come into being, those that exist already
   * excepted. Of several callers one wins; the others are refused and told what is stored. So is
   * who would change nothing: the runs are there, and the clock stays as it is. What is there
   * already opens nothing and queues nothing, since it may have ended since.
   */
  Write<StoredTask> fire(StoredTask asRead, StoredTask.Clock after, List<Run> runs);

  /**
   * For triggers that no overlap rule holds back: the run comes into being unless its id is known;
   * then it is the answer.
   */
  Write<Run> insert(Run run);

  /**
   * One transaction: the run goes from {@code from} to {@code to}. When that ends it and its task
   * has it open, the head of the task's queue takes its place, becomes SELECTING, and is returned.
   * The run stays in its drive.
   *
   * <p>Refused, with the run as it is, in any other state, and in any other drive: whoever has
   * found a run to be over must not end it when it has been driven again since.
   */
  Write<Moved> move(RunId run, int drive, Run.State from, Run.State to, Run.Summary summary);

  /**
   * One transaction: a run that is PARTIAL or FAILED becomes DISPATCHING again, in its next drive,
   * with nothing ended and nothing counted; what its selection came to stays. Its executions are
   * the caller's to redrive, one by one.
   *
   * <p>Refused, with the run as it is, in any other state, when its drive is not the expected one -
   * whoever repeats the write finds it raised - and, with {@code alone}, when its task has another
   * run open. A task that is not stored holds nothing back; one that was deleted does as long as it
   * has a run open.
   *
   * @param uncertain executions in doubt that are to be driven again as well
   * @param watchAt when somebody has to look whether it goes on
   * @param alone whether it is the one open run of its task while it lasts: for every overlap rule
   *     but {@code allow}
   */
  Write<Run> redrive(
      RunId run, int expectedDrive, Set<ExecutionId> uncertain, Instant watchAt, boolean alone);

  /**
   * Takes the debt off a run that ended owing runs which follow it, since these have been made.
   * Refused, with the run as it is, when it owes nothing, or was driven again since.
   */
  Write<Run> settled(RunId run, int drive);

  /**
   * Open and owing runs whose {@code watchAt} is not after {@code upTo}, the longest overdue first.
   */
  List<Run> toWatch(Instant upTo, int limit);

  /** The earliest {@code watchAt} of any open or owing run. */
  Optional<Instant> nextWatch();

  /** Puts off the next look; refused when somebody else did so first. */
  Write<Run> watched(RunId run, Instant asRead, Instant next);

  Optional<Run> find(RunId run);

  /** Newest first by the instant of triggering; of all tasks when none is named. For display. */
  List<Run> history(Optional<TaskName> task, int limit);

  /** {@code opened} is the run that had waited for this one. */
  record Moved(Run run, Optional<Run> opened) {}
}
