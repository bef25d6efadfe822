package io.opsautomator.engine.internal;

import io.opsautomator.audit.AuditEvent;
import io.opsautomator.audit.AuditEvent.Subject;
import io.opsautomator.audit.AuditEvent.Turn;
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
import java.util.List;
import java.util.Optional;

/**
 * Stops runs. What has not begun never will; what has begun stops at its next effect or wait. That
 * a run is being cancelled, and how, is stored before its executions are told, so whoever finds it
 * so can go on telling them.
 */
final class Canceller {
  private final Kernel kernel;
  private final Steering steering;
  private final Finisher finisher;
  private final RunCloser closer;

  Canceller(Kernel kernel, Steering steering, Finisher finisher, RunCloser closer) {
    this.kernel = kernel;
    this.steering = steering;
    this.finisher = finisher;
    this.closer = closer;
  }

  void cancel(RunId id, Execution.Cancel cancel) {
    Run run = kernel.run(id);
    if (run.state() == State.QUEUED) {
      closer.end(run, State.CANCELLED, Summary.of(cancel.why()));
      return;
    }
    for (State from : open(run)) {
      State to = cancel.undo() ? State.UNDOING : State.CANCELLING;
      if (kernel
              .store()
              .runs()
              .move(id, run.drive().number(), from, to, run.summary().because(cancel.why()))
          instanceof Write.Applied<Moved> moved) {
        kernel
            .reporter()
            .report(
                new AuditEvent.Steered(
                    kernel.now(), Subject.run(run), Turn.CANCELLING, cancel.why()));
        walk(moved.now().run());
        return;
      }
    }
    walk(kernel.run(id));
  }

  /** The states it may be in by now. */
  private static List<State> open(Run run) {
    return run.state() == State.SELECTING
        ? List.of(State.SELECTING, State.DISPATCHING)
        : List.of(State.DISPATCHING);
  }

  /** Tells all executions of a run that is being cancelled. */
  void walk(Run run) {
    if (!run.state().cancelling()) {
      return;
    }
    steering.stop(run);
    Execution.Cancel cancel =
        new Execution.Cancel(run.summary().reason(), run.state() == State.UNDOING);
    for (Batch batch : kernel.store().selections().batches(run.id())) {
      if (!batch.full()) {
        batch.executions().forEach(execution -> cancel(run, execution, cancel));
      }
    }
    closer.close(run.id());
  }

  private void cancel(Run run, ExecutionId id, Execution.Cancel cancel) {
    Write<Execution> write = kernel.store().executions().cancel(id, cancel, false);
    if (!(write instanceof Write.Applied<Execution> applied)) {
      return;
    }
    Execution now = applied.now();
    if (now.status().ended()) {
      kernel
          .reporter()
          .report(
              new AuditEvent.Moved(
                  kernel.now(),
                  Subject.run(run).execution(id),
                  now.initial(),
                  now.status(),
                  cancel.why()));
      finisher.ended(now);
    } else if (now.status() == Status.COMPLETING) {
      kernel.send(new Message.Check(id, now.progress().epoch(), Optional.empty()));
    }
  }
}
