package io.opsautomator.testkit.simulation;

import io.opsautomator.store.Run;
import io.opsautomator.store.Runs;
import io.opsautomator.store.StoredTask;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs as one process sees them. */
final class PortRuns implements Runs {
  private final Runs shared;
  private final Node node;
  private final Seams seams;

  PortRuns(Runs shared, Node node, Seams seams) {
    this.shared = shared;
    this.node = node;
    this.seams = seams;
  }

  @Override
  public Write<StoredTask> fire(StoredTask asRead, StoredTask.Clock after, List<Run> runs) {
    return seams.write(node, "runs.fire", () -> shared.fire(asRead, after, runs));
  }

  @Override
  public Write<Run> insert(Run run) {
    return seams.write(node, "runs.insert", () -> shared.insert(run));
  }

  @Override
  public Write<Moved> move(
      RunId run, int drive, Run.State from, Run.State to, Run.Summary summary) {
    return seams.write(node, "runs.move", () -> shared.move(run, drive, from, to, summary));
  }

  @Override
  public Write<Run> redrive(
      RunId run, int expectedDrive, Set<ExecutionId> uncertain, Instant watchAt, boolean alone) {
    return seams.write(
        node, "runs.redrive", () -> shared.redrive(run, expectedDrive, uncertain, watchAt, alone));
  }

  @Override
  public Write<Run> settled(RunId run, int drive) {
    return seams.write(node, "runs.settled", () -> shared.settled(run, drive));
  }

  @Override
  public List<Run> toWatch(Instant upTo, int limit) {
    return seams.read(node, "runs.toWatch", () -> shared.toWatch(upTo, limit));
  }

  @Override
  public Optional<Instant> nextWatch() {
    return seams.read(node, "runs.nextWatch", () -> shared.nextWatch());
  }

  @Override
  public Write<Run> watched(RunId run, Instant asRead, Instant next) {
    return seams.write(node, "runs.watched", () -> shared.watched(run, asRead, next));
  }

  @Override
  public Optional<Run> find(RunId run) {
    return seams.read(node, "runs.find", () -> shared.find(run));
  }

  @Override
  public List<Run> history(Optional<TaskName> task, int limit) {
    return seams.read(node, "runs.history", () -> shared.history(task, limit));
  }
}
