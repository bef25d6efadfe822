package io.opsautomator.testkit.simulation;

import io.opsautomator.audit.AuditEvent;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Executions.Move;
import io.opsautomator.store.Run;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The audit trail against what was written. Held on every event.
 *
 * <p>A write that changes something makes its worker owe one event, to be told before it does
 * anything else. The debt is forgiven when the worker's process dies, or when the store fails it or
 * its answer is lost, since then nobody goes on from the write; what such a worker made is
 * <em>torn</em>, and its trail may have that one gap. A worker that freezes in between tells late.
 */
final class InvariantsOfAudit implements Watcher {
  private final Knowledge known;
  private final Map<Worker, Deque<Debt>> debts = new HashMap<>();
  private final Map<ExecutionId, Debt> told = new HashMap<>();
  private final Set<Object> torn = new HashSet<>();
  private final Set<RunId> triggered = new HashSet<>();

  private record Worker(String process, int number) {
    static Worker of(Moment moment) {
      return new Worker(moment.process(), moment.worker());
    }
  }

  /**
   * @param of a run or an execution
   * @param step at which it was incurred
   */
  private record Debt(Kind kind, Object of, Status from, Status to, long step) {
    static Debt run(Kind kind, RunId run) {
      return new Debt(kind, run, Status.READY, Status.READY, 0);
    }

    boolean isPaidBy(Debt other) {
      return kind == other.kind && of.equals(other.of) && from == other.from && to == other.to;
    }
  }

  private enum Kind {
    TRIGGERED,
    LISTED,
    MOVED,
    ENDED
  }

  InvariantsOfAudit(Knowledge known) {
    this.known = known;
  }

  // -- Debts --------------------------------------------------------------------------------------

  @Override
  public void written(StoreWrite write) {
    Worker worker = Worker.of(write.moment());
    r8NothingIsOwed(worker, write.request());
    Deque<Debt> owed = new ArrayDeque<>();
    for (Change change : write.changes()) {
      owe(owed, write, change);
    }
    if (!owed.isEmpty()) {
      debts.put(worker, owed);
    }
  }

  private void owe(Deque<Debt> owed, StoreWrite write, Change change) {
    if (change instanceof Change.OfRun of && of.before().isEmpty()) {
      owed.add(Debt.run(Kind.TRIGGERED, of.after().id()));
    } else if (change instanceof Change.OfRun of && ends(of)) {
      owed.add(Debt.run(Kind.ENDED, of.after().id()));
    } else if (change instanceof Change.OfSlice of && of.after().end().isPresent()) {
      owed.add(Debt.run(Kind.LISTED, of.run()));
    } else if (change instanceof Change.OfExecution of && of.before().isPresent()) {
      move(owed, write, of.before().get(), of.after());
    }
  }

  private static boolean ends(Change.OfRun of) {
    Run.State before = of.before().map(Run::state).orElse(Run.State.PASSED);
    return of.after().state().ended() && !before.ended();
  }

  /** That an execution is driven again is told of its run as a whole. */
  private void move(Deque<Debt> owed, StoreWrite write, Execution before, Execution after) {
    Request request = write.request();
    boolean waits =
        request instanceof Request.Advance advance && advance.move() instanceof Move.Await;
    boolean takenOver =
        request instanceof Request.Claim && before.progress().epoch() < after.progress().epoch();
    if (request instanceof Request.Redrive) {
      told.put(after.id(), debt(write, before, after));
    } else if (before.status() != after.status() || waits || takenOver) {
      owed.add(debt(write, before, after));
    }
  }

  private static Debt debt(StoreWrite write, Execution before, Execution after) {
    long step = write.moment().step();
    return new Debt(Kind.MOVED, after.id(), before.status(), after.status(), step);
  }

  private void r8NothingIsOwed(Worker worker, Object next) {
    Deque<Debt> owed = debts.get(worker);
    Invariant.R8.require(
        owed == null, () -> worker + " has not told of " + owed + " and goes on with " + next);
  }

  @Override
  public void called(CloudCall call) {
    r8NothingIsOwed(Worker.of(call.moment()), call);
  }

  @Override
  public void passed(MessageEvent message) {
    if (message.stage() != MessageEvent.Stage.GIVEN_BACK) {
      r8NothingIsOwed(Worker.of(message.moment()), message);
    }
  }

  // -- What forgives them -------------------------------------------------------------------------

  @Override
  public void erred(Moment moment, Fault fault, String detail) {
    if (fault == Fault.STORE_ANSWER_LOST || fault == Fault.STORE_FAILED) {
      forgive(Worker.of(moment));
    }
  }

  @Override
  public void left(Moment moment, String process, boolean inGoodOrder) {
    Set<Worker> gone = new HashSet<>(debts.keySet());
    gone.removeIf(worker -> !worker.process().equals(process));
    gone.forEach(this::forgive);
  }

  private void forgive(Worker worker) {
    Deque<Debt> owed = debts.remove(worker);
    if (owed != null) {
      owed.forEach(debt -> torn.add(debt.of()));
    }
  }

  // -- What is told -------------------------------------------------------------------------------

  @Override
  public void audited(Moment moment, AuditEvent event) {
    Worker worker = Worker.of(moment);
    if (event instanceof AuditEvent.Moved moved) {
      ExecutionId id = event.of().execution().orElseThrow();
      Debt paid = pay(worker, event, new Debt(Kind.MOVED, id, moved.from(), moved.to(), 0));
      r9GoesOnWhereTheTrailLeftOff(moved, paid);
    } else if (event instanceof AuditEvent.HeldBack && event.of().run().isEmpty()) {
      return; // Of a task that is held: no run was made, so nothing is owed.
    } else if (event instanceof AuditEvent.Triggered || event instanceof AuditEvent.HeldBack) {
      pay(worker, event, Debt.run(Kind.TRIGGERED, event.of().run().orElseThrow()));
      triggered.add(event.of().run().orElseThrow());
    } else if (event instanceof AuditEvent.Selected || event instanceof AuditEvent.Unreadable) {
      pay(worker, event, Debt.run(Kind.LISTED, event.of().run().orElseThrow()));
      r9AfterItsTrigger(event);
    } else if (event instanceof AuditEvent.RunEnded) {
      pay(worker, event, Debt.run(Kind.ENDED, event.of().run().orElseThrow()));
      r9AfterItsTrigger(event);
      r9AfterItsExecutions(event);
    }
  }

  private Debt pay(Worker worker, AuditEvent event, Debt paid) {
    Deque<Debt> owed = debts.getOrDefault(worker, new ArrayDeque<>());
    Optional<Debt> debt = owed.stream().filter(paid::isPaidBy).findFirst();
    Invariant.R8.require(
        debt.isPresent(),
        () -> worker + " told of " + event + ", which it did not make; it owed " + owed);
    owed.remove(debt.orElseThrow());
    if (owed.isEmpty()) {
      debts.remove(worker);
    }
    return debt.orElseThrow();
  }

  private boolean excused(Object of) {
    return torn.contains(of)
        || debts.values().stream().flatMap(Deque::stream).anyMatch(debt -> debt.of().equals(of));
  }

  /** Unless others have gone on since, while this worker was frozen: then it is late. */
  private void r9GoesOnWhereTheTrailLeftOff(AuditEvent.Moved moved, Debt paid) {
    ExecutionId id = (ExecutionId) paid.of();
    Debt last = told.get(id);
    if (last != null && last.step() > paid.step()) {
      return;
    }
    told.put(id, paid);
    Status begun = known.execution(id).orElseThrow().initial();
    Invariant.R9.require(
        (last == null ? begun : last.to()) == moved.from() || excused(id),
        () -> moved + " is told after " + last);
    r9AfterItsTrigger(moved);
  }

  private void r9AfterItsTrigger(AuditEvent event) {
    RunId run = event.of().run().orElseThrow();
    Invariant.R9.require(
        triggered.contains(run) || excused(run), () -> event + " is told before its trigger");
  }

  private void r9AfterItsExecutions(AuditEvent event) {
    for (Execution execution : known.madeBy(event.of().run().orElseThrow())) {
      Debt last = told.get(execution.id());
      Invariant.R9.require(
          excused(execution.id())
              || last != null && last.to().ended()
              || !execution.status().ended(),
          () -> event + " is told after " + last + " of " + Knowledge.words(execution));
    }
  }
}
