package io.opsautomator.engine.internal;

import io.opsautomator.action.ActionException;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.audit.AuditEvent.Subject;
import io.opsautomator.audit.AuditEvent.Turn;
import io.opsautomator.schedule.OverlapPolicy;
import io.opsautomator.store.Batch;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.State;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Does again what has failed of a run, and nothing else: what an execution has done stays in its
 * journal, and is not repeated.
 *
 * <p>The order within a batch is what makes a crash harmless: the executions are driven first, then
 * the batch is opened again, which says that all of them have been, then they are set going. Until
 * its batch is opened nothing that they do is counted, and the run watch walks the batch once more;
 * afterwards it finds them ready.
 */
final class Redriver {
  private final Kernel kernel;
  private final Queuing queuing;
  private final Finisher finisher;

  Redriver(Kernel kernel, Queuing queuing, Finisher finisher) {
    this.kernel = kernel;
    this.queuing = queuing;
    this.finisher = finisher;
  }

  /**
   * @param uncertain executions of which a person has found out that what is uncertain has not
   *     happened
   * @throws ActionException if the run has not failed, or another of its task is open
   */
  void redrive(RunId id, Set<ExecutionId> uncertain) {
    Run run = kernel.run(id);
    requireFailed(run);
    requireUncertain(run, uncertain);
    boolean alone = kernel.jobs().ofRun(id).task().when().overlap() != OverlapPolicy.ALLOW;
    Instant watchAt = kernel.now().plus(kernel.settings().watch());
    Write<Run> write =
        kernel.store().runs().redrive(id, run.drive().number(), uncertain, watchAt, alone);
    if (!(write instanceof Write.Applied<Run> applied)) {
      throw new ActionException(
          "ERR_BUSY",
          "run "
              + id.value()
              + " cannot be driven again now: another run of its task is open, or somebody has"
              + " driven it again already");
    }
    kernel
        .reporter()
        .report(
            new AuditEvent.Steered(
                kernel.now(), Subject.run(run), Turn.REDRIVEN, "what has failed is done again"));
    walk(applied.now());
  }

  private void requireFailed(Run run) {
    boolean failed = run.state() == State.PARTIAL || run.state() == State.FAILED;
    if (!failed) {
      throw new ActionException(
          "ERR_NOT_FAILED",
          "run "
              + run.id().value()
              + " is "
              + run.state()
              + "; only what has failed can be done again");
    }
    if (run.summary().failed() + run.summary().notStarted() == 0) {
      throw new ActionException(
          "ERR_NOTHING_FAILED",
          "nothing of run "
              + run.id().value()
              + " was begun, so run its task instead: "
              + run.summary().reason());
    }
  }

  private void requireUncertain(Run run, Set<ExecutionId> named) {
    Set<ExecutionId> known =
        kernel.store().executions().find(named).stream()
            .filter(x -> x.origin().run().equals(run.id()))
            .filter(x -> x.status() == Status.UNCERTAIN)
            .map(Execution::id)
            .collect(Collectors.toSet());
    List<String> wrong =
        named.stream().filter(id -> !known.contains(id)).map(ExecutionId::value).sorted().toList();
    if (!wrong.isEmpty()) {
      throw new ActionException(
          "ERR_NOT_UNCERTAIN",
          "not an uncertain execution of run "
              + run.id().value()
              + ": "
              + String.join(", ", wrong));
    }
  }

  /** Goes on where an earlier walk stopped. */
  void walk(Run run) {
    if (run.drive().number() == 0) {
      return;
    }
    Batches batches = Batches.of(kernel, run.id());
    int total = kernel.jobs().ofRun(run.id()).runGated() ? batches.executions() : 0;
    for (Batch batch : batches) {
      if (batch.drive() < run.drive().number()) {
        walk(run, batch, total);
      }
    }
  }

  private void walk(Run run, Batch batch, int total) {
    int drive = run.drive().number();
    List<Execution> begin = new ArrayList<>();
    List<Execution> over = new ArrayList<>();
    for (ExecutionId id : batch.executions()) {
      boolean uncertainToo = run.drive().uncertain().contains(id);
      Write<Execution> write = kernel.store().executions().redrive(id, drive, uncertainToo);
      if (write instanceof Write.Applied<Execution> applied) {
        begin.add(applied.now());
      } else if (write instanceof Write.Refused<Execution> refused) {
        (refused.actual().status().ended() ? over : begin).add(refused.actual());
      }
    }
    kernel.store().selections().reopen(run.id(), batch.id(), drive);
    over.forEach(execution -> finisher.tally(execution, drive));
    Queuing.Line line = new Queuing.Line(run, kernel.jobs().ofRun(run.id()), total);
    queuing.begin(line, Launcher.order(run, batch.id()) + "/drive-" + drive, begin);
  }
}
