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
import java.util.Set;

/**
 * The audit trail against what was written. Held on every event.
 *
 * <p>A write that changes something makes its worker owe one event, to be told before it does
 * anything else. The debt is forgiven when the worker's process dies, or when the store's answer is
 * lost, since then nobody knows of the write; what such a worker made is <em>torn</em>, and its
 * trail may have that one gap. A worker that freezes in between tells late.
 */
final class InvariantsOfAudit implements Watcher {
  private final Knowledge known;
  private final Map<Worker, Deque<Debt>> debts = new HashMap<>();
  private final Map<ExecutionId, Status> told = new HashMap<>();
  private final Set<Object> torn = new HashSet<>();
  private final Set<RunId> triggered = new HashSet<>();

  private record Worker(String process, int number) {
    static Worker of(Moment moment) {
      return new Worker(moment.process(), moment.worker());
    }
  }

  /**
   * @param of a run, an execution or a task
   */
  private record Debt(Kind kind, Object of, Status from, Status to) {
    static Debt run(Kind kind, RunId run) {
      return new Debt(kind, run, Status.READY, Status.READY);
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
      owe(owed, write.request(), change);
    }
    if (!owed.isEmpty()) {
      debts.put(worker, owed);
    }
  }

  private static void owe(Deque<Debt> owed, Request request, Change change) {
    if (change instanceof Change.OfRun of && of.before().isEmpty()) {
      owed.add(Debt.run(Kind.TRIGGERED, of.after().id()));
    } else if (change instanceof Change.OfRun of && ends(of)) {
      owed.add(Debt.run(Kind.ENDED, of.after().id()));
    } else if (change instanceof Change.OfSlice of && of.after().end().isPresent()) {
      owed.add(Debt.run(Kind.LISTED, of.run()));
    } else if (change instanceof Change.OfExecution of && of.before().isPresent()) {
      move(owed, request, of.before().get(), of.after());
    }
  }

  private static boolean ends(Change.OfRun of) {
    Run.State before = of.before().map(Run::state).orElse(Run.State.PASSED);
    return of.after().state().ended() && !before.ended();
  }

  private static void move(Deque<Debt> owed, Request request, Execution before, Execution after) {
    boolean waits =
        request instanceof Request.Advance advance && advance.move() instanceof Move.Await;
    boolean takenOver =
        request instanceof Request.Claim && before.progress().epoch() < after.progress().epoch();
    if (before.status() != after.status() || waits || takenOver) {
      owed.add(new Debt(Kind.MOVED, after.id(), before.status(), after.status()));
    }
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
    if (fault == Fault.STORE_ANSWER_LOST) {
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
      pay(worker, event, new Debt(Kind.MOVED, id, moved.from(), moved.to()));
      r9GoesOnWhereTheTrailLeftOff(moved, id);
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

  private void pay(Worker worker, AuditEvent event, Debt debt) {
    Deque<Debt> owed = debts.getOrDefault(worker, new ArrayDeque<>());
    Invariant.R8.require(
        owed.remove(debt),
        () -> worker + " told of " + event + ", which it did not make; it owed " + owed);
    if (owed.isEmpty()) {
      debts.remove(worker);
    }
  }

  private boolean excused(Object of) {
    return torn.contains(of)
        || debts.values().stream().flatMap(Deque::stream).anyMatch(debt -> debt.of().equals(of));
  }

  private void r9GoesOnWhereTheTrailLeftOff(AuditEvent.Moved moved, ExecutionId id) {
    Status before = told.put(id, moved.to());
    boolean begins = moved.from() == Status.READY || moved.from() == Status.WAITING;
    Invariant.R9.require(
        (before == null ? begins : before == moved.from()) || excused(id),
        () -> moved + " is told after " + before);
    r9AfterItsTrigger(moved);
  }

  private void r9AfterItsTrigger(AuditEvent event) {
    RunId run = event.of().run().orElseThrow();
    Invariant.R9.require(
        triggered.contains(run) || excused(run), () -> event + " is told before its trigger");
  }

  private void r9AfterItsExecutions(AuditEvent event) {
    for (Execution execution : known.madeBy(event.of().run().orElseThrow())) {
      Status last = told.get(execution.id());
      Invariant.R9.require(
          excused(execution.id()) || last != null && last.ended() || !execution.status().ended(),
          () -> event + " is told after " + last + " of " + Knowledge.words(execution));
    }
  }
}
