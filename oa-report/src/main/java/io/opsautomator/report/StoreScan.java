package io.opsautomator.report;

import io.opsautomator.store.Batch;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Gate;
import io.opsautomator.store.Run;
import io.opsautomator.store.Store;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.TaskName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads runs, newest first, and what came of their executions. Only looks. */
final class StoreScan {
  private static final Set<Status> BAD = Set.of(Status.FAILED, Status.TIMED_OUT, Status.UNCERTAIN);

  private final Store store;
  private final Gathered into;
  private int executions;
  private int unread;

  StoreScan(Store store, Gathered into) {
    this.store = store;
    this.into = into;
  }

  void read(Optional<TaskName> task, Optional<Instant> since) {
    List<Run> runs = store.runs().history(task, Limits.RUNS);
    runs.stream()
        .filter(run -> since.isEmpty() || !run.cause().at().isBefore(since.get()))
        .forEach(this::read);
    if (runs.size() == Limits.RUNS) {
      into.leftOut.add(
          "Runs before the newest " + Words.number(Limits.RUNS) + "; a shorter period shows them.");
    }
    if (unread > 0) {
      into.leftOut.add(
          "Executions of the "
              + Words.counted(unread, "oldest run")
              + " are counted as their runs"
              + " say, without what they were about.");
    }
    into.byName().forEach(this::limit);
  }

  private void read(Run run) {
    TaskFigures task = into.task(run.task().value());
    task.runs.add(run);
    if (executions >= Limits.EXECUTIONS) {
      unread++;
      task.countUnread(run);
      return;
    }
    for (Batch batch : store.selections().batches(run.id())) {
      List<Execution> found = store.executions().find(batch.executions());
      executions += found.size();
      found.forEach(execution -> count(task, execution));
    }
  }

  private void count(TaskFigures task, Execution execution) {
    task.count(execution);
    if (BAD.contains(execution.status())) {
      into.failures.add(task.name, execution);
    }
  }

  private void limit(TaskFigures task) {
    if (task.gates().size() == 1) {
      store.gates().find(task.gates().get(0)).map(Gate::limit).ifPresent(task::limitedTo);
    }
  }

  /** Those that the audit found slowest, if they are stored still. */
  void readSlowest(List<Trace> traces) {
    List<ExecutionId> ids = traces.stream().map(trace -> new ExecutionId(trace.execution)).toList();
    into.slowest.addAll(store.executions().find(ids));
  }
}
