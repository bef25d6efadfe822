package io.opsautomator.engine.internal;

import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.WorkQueue.Delivery;
import io.opsautomator.store.Batch;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Gates;
import io.opsautomator.store.Grant;
import io.opsautomator.store.Run;
import io.opsautomator.store.Run.State;
import io.opsautomator.store.Slice;
import io.opsautomator.task.ExecutionId;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Mends what no redelivery can: looks at everything of a run that has not ended, and sends again
 * the message that would move it on. All it does may be done at any time, by anyone, any number of
 * times; where nothing is wrong it changes nothing.
 */
final class RunWatch {
  private final Kernel kernel;
  private final Slots slots;
  private final Finisher finisher;
  private final RunCloser closer;

  RunWatch(Kernel kernel, Slots slots, Finisher finisher, RunCloser closer) {
    this.kernel = kernel;
    this.slots = slots;
    this.finisher = finisher;
    this.closer = closer;
  }

  void watch(Message.Watch message, Delivery delivery) {
    Optional<Run> run = kernel.store().runs().find(message.run());
    if (run.isPresent() && run.get().state().open()) {
      watch(run.get());
    }
    delivery.acknowledge();
  }

  private void watch(Run run) {
    List<Slice> slices = kernel.store().selections().slices(run.id());
    if (run.state() == State.SELECTING) {
      selecting(run, slices);
    }
    Map<GateKey, Set<ExecutionId>> gates = new LinkedHashMap<>();
    for (Batch batch : kernel.store().selections().batches(run.id())) {
      if (!batch.full()) {
        kernel.store().executions().find(batch.executions()).forEach(x -> look(x, gates));
      }
    }
    gates.forEach(this::mend);
    closer.close(run.id());
  }

  private void selecting(Run run, List<Slice> slices) {
    List<Slice> open = slices.stream().filter(slice -> slice.end().isEmpty()).toList();
    if (open.isEmpty()) {
      kernel.send(new Message.Select(run.id(), Optional.empty()));
    }
    Instant stale = kernel.now().minus(Settings.MARGIN);
    open.stream()
        .filter(slice -> slice.lease().filter(l -> !l.until().isBefore(stale)).isEmpty())
        .forEach(s -> kernel.send(new Message.Select(run.id(), Optional.of(s.scope()))));
  }

  private void look(Execution execution, Map<GateKey, Set<ExecutionId>> gates) {
    execution
        .origin()
        .gate()
        .ifPresent(
            key -> {
              Set<ExecutionId> waiting = gates.computeIfAbsent(key, k -> new HashSet<>());
              if (execution.status() == Status.WAITING) {
                waiting.add(execution.id());
              }
            });
    switch (execution.status()) {
      case READY -> start(execution);
      case RUNNING -> running(execution);
      case COMPLETING -> completing(execution);
      case WAITING -> {} // Seen to with its gate.
      default -> finisher.ended(execution);
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
    if (overdue) {
      kernel.send(
          new Message.Check(execution.id(), execution.progress().epoch(), Optional.of(execution)));
    }
  }

  /**
   * Slots of those that have ended go on; those granted are told again; who is neither granted nor
   * queued is queued.
   */
  private void mend(GateKey key, Set<ExecutionId> waiting) {
    Optional<Gate> gate = kernel.store().gates().find(key);
    gate.ifPresent(this::free);
    gate.ifPresent(g -> g.held().forEach(grant -> waiting.remove(grant.holder().execution())));
    if (gate.filter(Gate::waiting).isEmpty() && !waiting.isEmpty()) {
      requeue(key, waiting, gate);
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
      if (holder == null || past(holder, grant)) {
        slots.handOver(grant);
      }
    }
  }

  /** Whether the ticket of the grant can never start its execution any more. */
  private static boolean past(Execution holder, Grant grant) {
    boolean holds = holder.grants().contains(grant);
    boolean over =
        holder.status() != Status.WAITING || holder.progress().ticket() > grant.holder().number();
    return holder.status().ended() || !holds && over;
  }

  private void requeue(GateKey key, Set<ExecutionId> waiting, Optional<Gate> gate) {
    Gates.Limit limit =
        gate.map(g -> new Gates.Limit(g.limit(), g.revision())).orElse(new Gates.Limit(1, 0));
    String order = "%015d/again".formatted(kernel.now().toEpochMilli());
    slots.enqueue(
        key,
        limit,
        order,
        kernel.store().executions().find(waiting).stream().map(Execution::ticket).toList());
  }
}
