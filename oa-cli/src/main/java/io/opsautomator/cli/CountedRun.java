package io.opsautomator.cli;

import io.opsautomator.store.Batch;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Run;
import io.opsautomator.store.Store;
import io.opsautomator.task.ExecutionId;
import java.util.List;

/**
 * A run, and how many of its executions were cancelled: its summary counts them among those that
 * failed, and to a person they did not.
 */
record CountedRun(Run run, int cancelled) {

  CountedRun {
    cancelled = Math.min(cancelled, run.summary().failed());
  }

  /** Reads only those that its batches know as not well. */
  static CountedRun of(Run run, Store store) {
    if (run.summary().failed() == 0) {
      return new CountedRun(run, 0);
    }
    int cancelled = 0;
    for (Batch batch : store.selections().batches(run.id())) {
      List<ExecutionId> bad = batch.failed().stream().map(batch.executions()::get).toList();
      cancelled += bad.isEmpty() ? 0 : cancelled(store.executions().find(bad));
    }
    return new CountedRun(run, cancelled);
  }

  static CountedRun of(Run run, List<Execution> all) {
    return new CountedRun(run, cancelled(all));
  }

  private static int cancelled(List<Execution> of) {
    return (int) of.stream().filter(each -> each.status() == Status.CANCELLED).count();
  }

  /** Those that failed, and were not cancelled. */
  int failed() {
    return run.summary().failed() - cancelled;
  }
}
