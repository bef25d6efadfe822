package io.opsautomator.engine.internal;

import io.opsautomator.action.ActionException;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.audit.AuditEvent.Subject;
import io.opsautomator.audit.AuditEvent.Turn;
import io.opsautomator.dispatch.Message;
import io.opsautomator.store.Batch;
import io.opsautomator.store.Brake;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Run;
import io.opsautomator.store.Terms;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.Guards;
import io.opsautomator.task.Rollout;
import io.opsautomator.task.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Runs that have a gate of their own: ends what may not begin any more once too many have failed,
 * and lets one wave in after the other.
 *
 * <p>The gate alone decides what may begin, by the write that grants a slot. So whatever is done
 * here late, twice, or by several at once changes when something is noticed, never what may begin.
 */
final class Steering {
  private static final int RACES = 10;

  private final Kernel kernel;
  private final Slots slots;
  private final Finisher finisher;

  Steering(Kernel kernel, Slots slots, Finisher finisher) {
    this.kernel = kernel;
    this.slots = slots;
    this.finisher = finisher;
  }

  /**
   * @param complete whether all executions of the run have been made
   */
  void look(Run run, Batches batches, boolean complete) {
    Optional<Gate> gate = gate(run);
    if (gate.isEmpty()) {
      return;
    }
    Brake brake = gate.get().brake().orElseThrow();
    boolean over = gate.get().serial() >= brake.terms().allowance() && gate.get().held().isEmpty();
    if (brake.spent()) {
      halt(run, batches, brake);
    } else if (over && complete && gate.get().waiting()) {
      betweenWaves(run, gate.get(), batches.executions());
    }
  }

  private Optional<Gate> gate(Run run) {
    return kernel.jobs().ofRun(run.id()).runGated()
        ? kernel.store().gates().find(GateKey.ofRun(run.id(), run.drive().number()))
        : Optional.empty();
  }

  // -- Too many failures --------------------------------------------------------------------------

  private void halt(Run run, Batches batches, Brake brake) {
    String why = brake.terms().stopped() ? "the run was stopped" : failures(brake);
    int dropped = 0;
    for (Batch batch : batches) {
      for (ExecutionId id : batch.full() ? List.<ExecutionId>of() : batch.executions()) {
        dropped += drop(run, id, why) ? 1 : 0;
      }
    }
    if (dropped > 0) {
      tell(run, Turn.HALTED, why + "; " + dropped + " not started");
    }
  }

  static String failures(Brake brake) {
    return brake.failed()
        + (brake.failed() == 1 ? " execution" : " executions")
        + " failed, and no more than "
        + (brake.terms().maxFailed() - 1)
        + " may";
  }

  private boolean drop(Run run, ExecutionId id, String why) {
    Write<Execution> write = kernel.store().executions().drop(id, why);
    if (!(write instanceof Write.Applied<Execution> applied)) {
      return false;
    }
    Execution now = applied.now();
    Subject subject = Subject.run(run).execution(id);
    kernel
        .reporter()
        .report(new AuditEvent.Moved(kernel.now(), subject, now.initial(), now.status(), why));
    finisher.ended(now);
    return true;
  }

  // -- Waves --------------------------------------------------------------------------------------

  private void betweenWaves(Run run, Gate gate, int total) {
    Guards guards = kernel.jobs().ofRun(run.id()).task().guards();
    Terms terms = gate.brake().orElseThrow().terms();
    Rollout rollout = guards.rollout().orElseThrow();
    if (terms.restingSince().isEmpty()) {
      rest(run, gate, terms, rollout);
      return;
    }
    boolean approved = !rollout.approve() || terms.approvedWave() > terms.wave();
    Instant rested = terms.restingSince().get().plus(rollout.pause());
    if (approved && !kernel.now().isBefore(rested)) {
      goOn(run, gate, Waves.next(guards, total, terms, gate.serial()));
    }
  }

  private void rest(Run run, Gate gate, Terms terms, Rollout rollout) {
    Write<Gate> write =
        kernel.store().gates().retune(gate.key(), terms, terms.resting(Optional.of(kernel.now())));
    if (write instanceof Write.Applied<Gate>) {
      String what = "wave " + (terms.wave() + 1) + " is through";
      String next =
          rollout.approve()
              ? "; the next one begins when it is let go: oa approve " + run.id().value()
              : "; the next one begins after " + Lengths.inWords(rollout.pause());
      tell(run, Turn.RESTING, what + next);
      watchAfter(run, rollout.pause());
    }
  }

  private void goOn(Run run, Gate gate, Terms next) {
    Terms was = gate.brake().orElseThrow().terms();
    Write<Gate> write = kernel.store().gates().retune(gate.key(), was, next);
    if (write instanceof Write.Applied<Gate> applied) {
      tell(run, Turn.NEXT_WAVE, "wave " + (next.wave() + 1) + " begins");
      slots.fill(applied.now());
    }
  }

  private void watchAfter(Run run, Duration pause) {
    kernel.queue().send(List.of(new Message.Watch(run.id())), pause);
  }

  /**
   * A person lets the next wave go.
   *
   * @throws ActionException if the run does not wait for that
   */
  void approve(RunId id) {
    Run run = kernel.run(id);
    for (int i = 0; i < RACES; i++) {
      Gate gate = gate(run).orElseThrow(() -> notWaiting(run));
      Terms terms = gate.brake().orElseThrow().terms();
      if (run.state().ended() || terms.restingSince().isEmpty()) {
        throw notWaiting(run);
      }
      Terms approved = terms.approved(terms.wave() + 1);
      if (kernel.store().gates().retune(gate.key(), terms, approved)
          instanceof Write.Applied<Gate>) {
        tell(run, Turn.APPROVED, "wave " + (terms.wave() + 2) + " may begin");
        watchAfter(run, Duration.ZERO);
        return;
      }
    }
    throw new ActionException(
        "ERR_BUSY", "run " + id.value() + " is being changed all the time; try again");
  }

  private static ActionException notWaiting(Run run) {
    return new ActionException(
        "ERR_NOT_WAITING",
        "run " + run.id().value() + " does not wait for approval: it is " + run.state());
  }

  /** Nothing more of the run begins that waits at its gate. */
  void stop(Run run) {
    for (int i = 0; i < RACES; i++) {
      Optional<Gate> gate = gate(run);
      Optional<Terms> terms = gate.flatMap(Gate::brake).map(Brake::terms);
      if (terms.isEmpty() || terms.get().stopped()) {
        return;
      }
      kernel.store().gates().retune(gate.get().key(), terms.get(), terms.get().stop());
    }
  }

  private void tell(Run run, Turn turn, String detail) {
    kernel.reporter().report(new AuditEvent.Steered(kernel.now(), Subject.run(run), turn, detail));
  }
}
