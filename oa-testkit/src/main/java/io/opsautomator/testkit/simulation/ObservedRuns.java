package io.opsautomator.testkit.simulation;

import io.opsautomator.store.Run;
import io.opsautomator.store.Runs;
import io.opsautomator.store.StoredTask;
import io.opsautomator.store.Tasks;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells of every write of a run; some write its task too. */
final class ObservedRuns implements Runs {
  private final Runs items;
  private final Tasks tasks;
  private final Recorder recorder;

  ObservedRuns(Runs items, Tasks tasks, Recorder recorder) {
    this.items = items;
    this.tasks = tasks;
    this.recorder = recorder;
  }

  @Override
  public Write<StoredTask> fire(StoredTask asRead, StoredTask.Clock after, List<Run> runs) {
    Optional<StoredTask> before = tasks.find(asRead.name());
    List<Run> fresh = runs.stream().filter(run -> items.find(run.id()).isEmpty()).toList();
    Write<StoredTask> answer = items.fire(asRead, after, runs);
    List<Change> changes = new ArrayList<>();
    if (answer instanceof Write.Applied<StoredTask> applied) {
      changes.add(new Change.OfTask(before, applied.now()));
      fresh.forEach(run -> changes.add(new Change.OfRun(Optional.empty(), run)));
    }
    recorder.written(new Request.Fire(asRead, after, runs), changes, answer);
    return answer;
  }

  @Override
  public Write<Run> insert(Run run) {
    Write<Run> answer = items.insert(run);
    List<Change> changes =
        answer instanceof Write.Applied<Run> applied
            ? List.of(new Change.OfRun(Optional.empty(), applied.now()))
            : List.of();
    recorder.written(new Request.Insert(run), changes, answer);
    return answer;
  }

  @Override
  public Write<Moved> move(
      RunId run, int drive, Run.State from, Run.State to, Run.Summary summary) {
    Optional<Run> before = items.find(run);
    Optional<StoredTask> task = before.flatMap(was -> tasks.find(was.task()));
    Optional<Run> next =
        task.flatMap(was -> was.clock().queued().stream().findFirst()).flatMap(items::find);
    Write<Moved> answer = items.move(run, drive, from, to, summary);
    List<Change> changes = new ArrayList<>();
    if (answer instanceof Write.Applied<Moved> applied) {
      changes.add(new Change.OfRun(before, applied.now().run()));
      applied.now().opened().ifPresent(opened -> changes.add(new Change.OfRun(next, opened)));
      addTask(changes, before, task);
    }
    recorder.written(new Request.MoveRun(run, from, to, summary), changes, answer);
    return answer;
  }

  @Override
  public Write<Run> redrive(
      RunId run, int expectedDrive, Set<ExecutionId> uncertain, Instant watchAt, boolean alone) {
    Optional<Run> before = items.find(run);
    Optional<StoredTask> task = before.flatMap(was -> tasks.find(was.task()));
    Write<Run> answer = items.redrive(run, expectedDrive, uncertain, watchAt, alone);
    List<Change> changes = new ArrayList<>();
    if (answer instanceof Write.Applied<Run> applied) {
      changes.add(new Change.OfRun(before, applied.now()));
      addTask(changes, before, task);
    }
    recorder.written(
        new Request.RedriveRun(run, expectedDrive, uncertain, watchAt, alone), changes, answer);
    return answer;
  }

  private void addTask(List<Change> changes, Optional<Run> run, Optional<StoredTask> before) {
    run.flatMap(was -> tasks.find(was.task()))
        .filter(now -> !now.equals(before.orElse(now)))
        .ifPresent(now -> changes.add(new Change.OfTask(before, now)));
  }

  @Override
  public Write<Run> settled(RunId run, int drive) {
    Optional<Run> before = items.find(run);
    Write<Run> answer = items.settled(run, drive);
    List<Change> changes =
        answer instanceof Write.Applied<Run> applied
            ? List.of(new Change.OfRun(before, applied.now()))
            : List.of();
    recorder.written(new Request.Settled(run, drive), changes, answer);
    return answer;
  }

  @Override
  public List<Run> toWatch(Instant upTo, int limit) {
    return items.toWatch(upTo, limit);
  }

  @Override
  public Optional<Instant> nextWatch() {
    return items.nextWatch();
  }

  @Override
  public Write<Run> watched(RunId run, Instant asRead, Instant next) {
    Optional<Run> before = items.find(run);
    Write<Run> answer = items.watched(run, asRead, next);
    List<Change> changes =
        answer instanceof Write.Applied<Run> applied
            ? List.of(new Change.OfRun(before, applied.now()))
            : List.of();
    recorder.written(new Request.Watched(run, asRead, next), changes, answer);
    return answer;
  }

  @Override
  public Optional<Run> find(RunId run) {
    return items.find(run);
  }

  @Override
  public List<Run> history(Optional<TaskName> task, int limit) {
    return items.history(task, limit);
  }
}
