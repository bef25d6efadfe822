package io.opsautomator.engine.internal;

import io.opsautomator.dispatch.Message;
import io.opsautomator.store.Batch;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.State;
import io.opsautomator.store.Run.Summary;
import io.opsautomator.store.Runs.Moved;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import java.util.Optional;

/** Stops runs. What has not begun never will; what has begun stops at its next effect or wait. */
final class Canceller {
  private final Kernel kernel;
  private final Finisher finisher;
  private final RunCloser closer;

  Canceller(Kernel kernel, Finisher finisher, RunCloser closer) {
    this.kernel = kernel;
    this.finisher = finisher;
    this.closer = closer;
  }

  void cancel(RunId id, Execution.Cancel cancel) {
    Run run =
        kernel
            .store()
            .runs()
            .find(id)
            .orElseThrow(() -> new IllegalArgumentException("there is no run " + id.value()));
    if (run.state() == State.QUEUED) {
      closer.end(run, State.CANCELLED, Summary.of(cancel.why()));
      return;
    }
    for (State from : new State[] {State.SELECTING, State.DISPATCHING}) {
      Write<Moved> write =
          kernel.store().runs().move(id, from, State.CANCELLING, Summary.of(cancel.why()));
      if (write instanceof Write.Applied<Moved>) {
        break;
      }
    }
    for (Batch batch : kernel.store().selections().batches(id)) {
      batch.executions().forEach(execution -> cancel(execution, cancel));
    }
    closer.close(id);
  }

  private void cancel(ExecutionId id, Execution.Cancel cancel) {
    Write<Execution> write = kernel.store().executions().cancel(id, cancel, false);
    if (!(write instanceof Write.Applied<Execution> applied)) {
      return;
    }
    Execution now = applied.now();
    if (now.status().ended()) {
      finisher.tally(now);
    } else if (now.status() == Status.COMPLETING) {
      kernel.send(new Message.Check(id, now.progress().epoch(), Optional.empty()));
    }
  }
}
