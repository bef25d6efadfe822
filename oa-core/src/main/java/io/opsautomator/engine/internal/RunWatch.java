package io.opsautomator.engine.internal;

import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.WorkQueue.Delivery;
import io.opsautomator.engine.internal.Queuing.Line;
import io.opsautomator.store.Batch;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Grant;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.State;
import io.opsautomator.store.Slice;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mends what no redelivery can: looks at everything of a run that has not ended, and sends again
 * the message that would move it on. All it does may be done at any time, by anyone, any number of
 * times; where nothing is wrong it changes nothing.
 */
final class RunWatch {
  private static final Logger LOG = LoggerFactory.getLogger(RunWatch.class);
  private static final int WAITING = 5_000;

  private final Kernel kernel;
  private final Slots slots;
  private final Queuing queuing;
  private final Finisher finisher;
  private final RunCloser closer;
  private final Movers movers;

  /** Those who go on with what they have begun with a run as a whole. */
  record Movers(Canceller canceller, Redriver redriver, Steering steering) {}

  private final Set<RunId> foundOpen = ConcurrentHashMap.newKeySet();

  RunWatch(
      Kernel kernel, Slots slots, Queuing queuing, Finisher finisher, RunCloser closer, Movers m) {
    this.kernel = kernel;
    this.slots = slots;
    this.queuing = queuing;
    this.finisher = finisher;
    this.closer = closer;
    this.movers = m;
  }

  /**
   * Runs that were open when this process began. What they wait for may have been looked after by a
   * process that is gone, and so it is looked after here, too, from the first look on.
   */
  void foundOpen(List<Run> runs) {
    runs.forEach(run -> foundOpen.add(run.id()));
  }

  void watch(Message.Watch message, Delivery delivery) {
    if (delivery.dead()) {
      LOG.error("Run {} cannot be looked after; the next tick tries again", message.run().value());
      delivery.acknowledge();
      return;
    }
    Optional<Run> run = kernel.store().runs().find(message.run());
    if (run.isPresent() && run.get().state().open()) {
      watch(run.get());
    } else if (run.isPresent() && run.get().summary().owing()) {
      closer.settle(run.get());
    } else if (run.isPresent() && delivery.receipts() > 1) {
      tidy(run.get());
    }
    delivery.acknowledge();
  }

  /**
   * Whoever looked before may have queued, and not told of, what had ended with its run by then.
   */
  private void tidy(Run over) {
    Batches batches = Batches.of(kernel, over.id());
    for (GateKey key : closer.gates(over, batches)) {
      kernel.store().gates().find(key).ifPresent(this::free);
      slots.announceAll(key);
    }
  }

  private void watch(Run run) {
    List<Slice> slices = kernel.store().selections().slices(run.id());
    if (run.state() == State.SELECTING || run.state().cancelling()) {
      selecting(run, slices);
    }
    movers.canceller().walk(run);
    movers.redriver().walk(run);
    Batches batches = Batches.of(kernel, run.id());
    boolean complete = closer.complete(run, slices);
    if (run.state() != State.SELECTING && closer.letThrough(run) && !complete) {
      kernel.send(new Message.Select(run.id(), Optional.empty()));
    }
    look(run, batches);
    foundOpen.remove(run.id());
    movers.steering().look(run, batches, complete);
    closer.close(run.id());
  }

  /** At no time are more than so many of those that wait in memory, and one batch. */
  private void look(Run run, Batches batches) {
    Job<?> job = kernel.jobs().ofRun(run.id());
    Line line = new Line(run, job, job.runGated() ? batches.executions() : 0);
    Map<GateKey, List<Execution>> gates = new LinkedHashMap<>();
    boolean open = false;
    for (Batch batch : batches) {
      if (!batch.full()) {
        open = true;
        look(line, batch, gates);
        if (gates.values().stream().mapToInt(List::size).sum() > WAITING) {
          mend(line, gates);
        }
      }
    }
    if (!open) {
      closer.gates(run, batches).forEach(key -> gates.putIfAbsent(key, new ArrayList<>()));
    }
    mend(line, gates);
  }

  private void mend(Line line, Map<GateKey, List<Execution>> gates) {
    gates.forEach((key, waiting) -> mend(line, key, waiting));
    gates.values().forEach(List::clear);
  }

  /** What has been tallied holds no slot, and is not looked at again. */
  private void look(Line line, Batch batch, Map<GateKey, List<Execution>> gates) {
    boolean tallied = batch.drive() == line.run().drive().number();
    List<ExecutionId> some = tallied ? batch.notEnded() : batch.executions();
    for (Execution execution : kernel.store().executions().find(some)) {
      execution.gates().forEach(key -> gates.computeIfAbsent(key, k -> new ArrayList<>()));
      execution
          .nextGate()
          .ifPresent(key -> gates.computeIfAbsent(key, k -> new ArrayList<>()).add(execution));
      look(line.run(), execution);
    }
  }

  /** A slice of a cancelled run has to be ended too, by whoever claims it, or the run never is. */
  private void selecting(Run run, List<Slice> slices) {
    List<Slice> open = slices.stream().filter(slice -> slice.end().isEmpty()).toList();
    if (open.isEmpty() && run.state() == State.SELECTING) {
      kernel.send(new Message.Select(run.id(), Optional.empty()));
    }
    Instant stale = kernel.now().minus(Settings.MARGIN);
    open.stream()
        .filter(slice -> slice.lease().filter(l -> !l.until().isBefore(stale)).isEmpty())
        .forEach(s -> kernel.send(new Message.Select(run.id(), Optional.of(s.scope()))));
  }

  private void look(Run run, Execution execution) {
    switch (execution.status()) {
      case READY -> start(execution);
      case RUNNING -> running(execution);
      case COMPLETING -> completing(execution);
      case WAITING -> {} // Seen to with its gate.
      default -> finisher.ended(execution, run.drive().number());
    }
  }

  private void start(Execution execution) {
    kernel.send(
        new Message.Start(execution.id(), execution.progress().ticket(), execution.latestGrant()));
  }

  private void running(Execution execution) {
    Instant stale = kernel.now().minus(Settings.MARGIN);
    if (execution.lease().filter(lease -> !lease.until().isBefore(stale)).isEmpty()) {
      start(execution);
    }
  }

  private void completing(Execution execution) {
    boolean overdue =
        execution.progress().waiting().filter(w -> w.checkBy().isAfter(kernel.now())).isEmpty();
    if (overdue || foundOpen.contains(execution.origin().run())) {
      kernel.send(
          new Message.Check(execution.id(), execution.progress().epoch(), Optional.of(execution)));
    }
  }

  /**
   * Slots of those that have ended go on; those granted are told again; who is neither granted nor
   * queued is queued.
   */
  private void mend(Line line, GateKey key, List<Execution> waiting) {
    Optional<Gate> gate = kernel.store().gates().find(key);
    gate.ifPresent(this::free);
    Set<ExecutionId> granted =
        gate.stream()
            .flatMap(g -> g.held().stream())
            .map(grant -> grant.holder().execution())
            .collect(Collectors.toSet());
    List<Execution> lost = waiting.stream().filter(x -> !granted.contains(x.id())).toList();
    if (gate.filter(Gate::waiting).isEmpty() && !lost.isEmpty()) {
      String first = lost.get(0).id().value();
      queuing.begin(line, "%015d/again/%s".formatted(kernel.now().toEpochMilli(), first), lost);
    }
    slots.announceAll(key);
  }

  private void free(Gate gate) {
    List<ExecutionId> holders =
        gate.held().stream().map(grant -> grant.holder().execution()).toList();
    Map<ExecutionId, Execution> found = new LinkedHashMap<>();
    kernel.store().executions().find(holders).forEach(x -> found.put(x.id(), x));
    for (Grant grant : gate.held()) {
      Execution holder = found.get(grant.holder().execution());
      if (holder == null) {
        slots.release(grant);
      } else if (past(holder, grant)) {
        slots.handOver(grant, holder);
      }
    }
  }

  /** Whether the ticket of the grant can never start its execution any more. */
  private static boolean past(Execution holder, Grant grant) {
    if (holder.status().ended()) {
      return true;
    }
    boolean started = holder.progress().ticket() > grant.holder().number();
    boolean elsewhere = holder.status() != Status.WAITING;
    return !holder.grants().contains(grant) && (elsewhere || started);
  }
}
