package io.opsautomator.engine.internal;

import io.opsautomator.action.ActionException;
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
 * Stops runs, or single executions of them. What has not begun never will; what has begun stops at
 * its next effect or wait. That a run is being cancelled, and how, is stored before its executions
 * are told, so whoever finds it so can go on telling them.
 */
final class Canceller {
  private static final int RACES = 10;

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

  /**
   * Whatever state it is in by the time it is written: a run that somebody drives again meanwhile
   * is found open the next time round.
   *
   * @throws ActionException if it has ended, or is being cancelled in the other way
   */
  void cancel(RunId id, Execution.Cancel cancel) {
    for (int i = 0; i < RACES; i++) {
      Run run = kernel.run(id);
      if (run.state().ended()) {
        throw ended("run " + id.value(), run.state().name());
      }
      if (run.state().cancelling()) {
        requireSameWay(run, cancel);
        walk(run);
        return;
      }
      if (run.state() == State.QUEUED
          ? closer.end(run, State.CANCELLED, Summary.of(cancel.why()))
          : begun(run, cancel)) {
        return;
      }
    }
    throw new ActionException(
        "ERR_BUSY", "run " + id.value() + " is being changed all the time; try again");
  }

  private boolean begun(Run run, Execution.Cancel cancel) {
    State to = cancel.undo() ? State.UNDOING : State.CANCELLING;
    Summary summary = run.summary().because(cancel.why());
    Write<Moved> write =
        kernel.store().runs().move(run.id(), run.drive().number(), run.state(), to, summary);
    if (!(write instanceof Write.Applied<Moved> moved)) {
      return false;
    }
    kernel
        .reporter()
        .report(
            new AuditEvent.Steered(kernel.now(), Subject.run(run), Turn.CANCELLING, cancel.why()));
    walk(moved.now().run());
    return true;
  }

  private static void requireSameWay(Run run, Execution.Cancel cancel) {
    boolean undoing = run.state() == State.UNDOING;
    if (cancel.undo() && !undoing) {
      throw otherWay("run " + run.id().value());
    }
  }

  private static ActionException otherWay(String what) {
    return new ActionException(
        "ERR_CANCELLING",
        what + " is being cancelled already, without taking back what it has done");
  }

  private static ActionException ended(String what, String how) {
    return new ActionException(
        "ERR_ENDED", what + " has ended: it is " + how + "; there is nothing left to cancel");
  }

  /**
   * Stops one execution; its run goes on without it, and counts it among those that did not
   * succeed.
   *
   * @throws ActionException if there is none, it has ended, or it is being cancelled in the other
   *     way
   */
  void cancel(ExecutionId id, Execution.Cancel cancel) {
    Execution found =
        kernel.store().executions().find(List.of(id)).stream()
            .findFirst()
            .orElseThrow(
                () ->
                    new ActionException("ERR_NO_EXECUTION", "there is no execution " + id.value()));
    if (!tell(kernel.run(found.origin().run()), id, cancel)) {
      Execution actual = kernel.store().executions().find(List.of(id)).get(0);
      if (actual.status().ended()) {
        finisher.ended(actual);
        throw ended("execution " + id.value(), actual.status().name());
      }
      boolean undoing = actual.progress().cancel().filter(Execution.Cancel::undo).isPresent();
      if (cancel.undo() && !undoing) {
        throw otherWay("execution " + id.value());
      }
    }
  }

  /** Tells all executions of a run that is being cancelled. */
  void walk(Run run) {
    if (!run.state().cancelling()) {
      return;
    }
    steering.stop(run);
    Execution.Cancel cancel =
        new Execution.Cancel(run.summary().reason(), run.state() == State.UNDOING);
    for (Batch batch : Batches.of(kernel, run.id())) {
      if (!batch.full()) {
        batch.executions().forEach(execution -> tell(run, execution, cancel));
      }
    }
    closer.close(run.id());
  }

  /** False if it has ended, or been told before. */
  private boolean tell(Run run, ExecutionId id, Execution.Cancel cancel) {
    Write<Execution> write = kernel.store().executions().cancel(id, cancel, false);
    if (!(write instanceof Write.Applied<Execution> applied)) {
      return false;
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
    return true;
  }
}
