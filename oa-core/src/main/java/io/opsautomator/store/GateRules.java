package io.opsautomator.store;

import io.opsautomator.store.Gates.Filled;
import io.opsautomator.store.Gates.HandOver;
import io.opsautomator.store.Gates.Limit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What each write of a gate demands and does: pure functions of the stored gate and the head of its
 * queue.
 *
 * <p>The invariants they keep. I1: at no time are more slots named than the largest limit in force
 * since they were granted, and none is granted while as many are named as the limit allows. I11:
 * none is granted after the failure that reaches the threshold has been recorded, and none beyond
 * the allowance - failures are counted in the write that takes the slot, and slots are granted by
 * writes of the same item, so the two have one order. Slots are named, not counted, and every grant
 * has a number of its own, so giving one back a second time changes nothing and counts no second
 * failure. No clock is involved.
 */
public final class GateRules {
  private GateRules() {}

  /**
   * The gate with this limit, unless a later one is stored.
   *
   * @param terms for a gate that comes into being; one that is there keeps what it has
   */
  public static Gate limited(
      Optional<Gate> stored, GateKey key, Limit limit, Optional<Terms> terms) {
    if (stored.isEmpty()) {
      return new Gate(
          key, limit.slots(), limit.revision(), List.of(), 0, false, terms.map(Brake::on));
    }
    Gate gate = stored.get();
    return limit.revision() > gate.revision()
        ? new Gate(
            key,
            limit.slots(),
            limit.revision(),
            gate.held(),
            gate.serial(),
            gate.waiting(),
            gate.brake())
        : gate;
  }

  public static Gate waiting(Gate gate, boolean waiting) {
    return with(gate, gate.held(), gate.serial(), waiting);
  }

  /**
   * A gate that is shut, by this failure or before, frees the slot and leaves who waits waiting.
   *
   * @param failed whether the holder is to be counted as a failure
   * @param next the head of the queue
   * @param more whether others are queued behind it
   */
  public static HandOver handOver(
      Gate stored, Grant grant, boolean failed, Optional<Ticket> next, boolean more) {
    if (!stored.held().contains(grant)) {
      return new HandOver.Stale(stored);
    }
    Gate gate = failed ? braked(stored, stored.brake().map(Brake::failedOnce)) : stored;
    List<Grant> held = new ArrayList<>(gate.held());
    held.remove(grant);
    if (next.isEmpty() || gate.held().size() > gate.limit() || !gate.open()) {
      return new HandOver.Freed(with(gate, held, gate.serial(), next.isPresent()));
    }
    Grant granted = new Grant(gate.key(), grant.slot(), next.get(), gate.serial() + 1);
    held.add(granted);
    return new HandOver.Next(granted, with(gate, held, granted.serial(), more));
  }

  /** How many could be granted now. */
  public static int room(Gate gate) {
    if (!gate.open()) {
      return 0;
    }
    int slots = Math.max(0, gate.limit() - gate.held().size());
    long allowance = gate.brake().map(it -> it.terms().allowance()).orElse(Long.MAX_VALUE);
    return (int) Math.min(slots, allowance - gate.serial());
  }

  /**
   * @param next the head of the queue, not longer than {@link #room}
   * @param more whether others are queued behind it
   */
  public static Filled fill(Gate gate, List<Ticket> next, boolean more) {
    List<Grant> held = new ArrayList<>(gate.held());
    List<Grant> granted = new ArrayList<>();
    long serial = gate.serial();
    for (Ticket ticket : next) {
      Grant grant = new Grant(gate.key(), freeSlot(held), ticket, ++serial);
      held.add(grant);
      granted.add(grant);
    }
    return new Filled(granted, with(gate, held, serial, more));
  }

  /**
   * Compares and sets the terms. A later wave begins only when all of the one before have left, so
   * it is refused while any slot is named. What is in place already was our own change.
   */
  public static Write<Gate> retune(Gate gate, Terms expected, Terms next) {
    Optional<Terms> stored = gate.brake().map(Brake::terms);
    if (stored.filter(next::equals).isPresent()) {
      return new Write.Applied<>(gate);
    }
    boolean early = next.wave() > expected.wave() && !gate.held().isEmpty();
    if (stored.filter(expected::equals).isEmpty() || early) {
      return new Write.Refused<>(gate);
    }
    return new Write.Applied<>(braked(gate, gate.brake().map(brake -> brake.with(next))));
  }

  private static int freeSlot(List<Grant> held) {
    int slot = 0;
    while (taken(held, slot)) {
      slot++;
    }
    return slot;
  }

  private static boolean taken(List<Grant> held, int slot) {
    return held.stream().anyMatch(grant -> grant.slot() == slot);
  }

  private static Gate with(Gate gate, List<Grant> held, long serial, boolean waiting) {
    List<Grant> bySlot = new ArrayList<>(held);
    bySlot.sort(Comparator.comparingInt(Grant::slot));
    return new Gate(
        gate.key(), gate.limit(), gate.revision(), bySlot, serial, waiting, gate.brake());
  }

  private static Gate braked(Gate gate, Optional<Brake> brake) {
    return new Gate(
        gate.key(),
        gate.limit(),
        gate.revision(),
        gate.held(),
        gate.serial(),
        gate.waiting(),
        brake);
  }
}
