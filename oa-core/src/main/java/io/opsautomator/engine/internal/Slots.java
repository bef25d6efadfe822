package io.opsautomator.engine.internal;

import io.opsautomator.dispatch.Message;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Gates;
import io.opsautomator.store.Gates.HandOver;
import io.opsautomator.store.Gates.Limit;
import io.opsautomator.store.Grant;
import io.opsautomator.store.Terms;
import io.opsautomator.store.Ticket;
import io.opsautomator.task.ExecutionId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives slots out and hands them on. A grant is announced only after the gate was written, so
 * whoever is told of one may start; and whoever gets a gate's image with room fills it before
 * acknowledging the message at hand, so no wake-up is lost.
 */
final class Slots {
  private final Kernel kernel;
  private final Gates gates;

  Slots(Kernel kernel) {
    this.kernel = kernel;
    this.gates = kernel.store().gates();
  }

  void enqueue(
      GateKey key, Limit limit, Optional<Terms> terms, String order, List<Ticket> tickets) {
    fill(gates.enqueue(key, limit, terms, order, tickets));
  }

  /** The holder has ended, or gone on without this slot. */
  void handOver(Grant grant, Execution holder) {
    told(take(grant, holder));
  }

  /** Of an execution that nobody knows any more. */
  void release(Grant grant) {
    told(gates.handOver(grant, false));
  }

  /**
   * Takes a slot from who has ended, or gone on without it; the write alone, which is to be {@link
   * #told}. Doing it twice is harmless: a failure is counted by the write that takes the slot, so
   * it is counted once.
   */
  HandOver take(Grant grant, Execution holder) {
    boolean failed = Ended.failed(holder.status()) && holder.grants().contains(grant);
    return gates.handOver(grant, failed);
  }

  /** What follows once that write is durable. */
  void told(HandOver done) {
    if (done instanceof HandOver.Next next) {
      announce(next.grant());
    }
    fill(done.now());
  }

  /**
   * For a delivery that came again: whoever had it before may have died before announcing. Only
   * those who have not begun are told; to tell the others would make more messages of each, without
   * end.
   */
  void announceAll(GateKey key) {
    Optional<Gate> gate = gates.find(key);
    gate.ifPresent(this::announceWaiting);
    gate.ifPresent(this::fill);
  }

  /** All of their grants: who was queued twice may have two. */
  private void announceWaiting(Gate gate) {
    Set<ExecutionId> holders = new LinkedHashSet<>();
    gate.held().forEach(grant -> holders.add(grant.holder().execution()));
    Set<ExecutionId> waiting =
        kernel.store().executions().find(holders).stream()
            .filter(holder -> holder.status() == Status.WAITING)
            .map(Execution::id)
            .collect(Collectors.toSet());
    gate.held().stream()
        .filter(grant -> waiting.contains(grant.holder().execution()))
        .forEach(this::announce);
  }

  void announce(Grant grant) {
    kernel.send(start(grant));
  }

  static Message.Start start(Grant grant) {
    Ticket holder = grant.holder();
    return new Message.Start(holder.execution(), holder.number(), Optional.of(grant));
  }

  void fill(Gate gate) {
    if (gate.hasRoom()) {
      gates.fill(gate.key()).granted().forEach(this::announce);
    }
  }
}
