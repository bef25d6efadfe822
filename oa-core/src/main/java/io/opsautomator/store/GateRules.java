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
 * <p>The invariant they keep: at no time are more slots named than the largest limit in force since
 * they were granted, and none is granted while as many are named as the limit allows. Slots are
 * named, not counted, and every grant has a number of its own, so giving one back a second time
 * changes nothing. No clock is involved.
 */
public final class GateRules {
  private GateRules() {}

  /** The gate with this limit, unless a later one is stored. */
  public static Gate limited(Optional<Gate> stored, GateKey key, Limit limit) {
    Gate gate =
        stored.orElseGet(() -> new Gate(key, limit.slots(), limit.revision(), List.of(), 0, false));
    return limit.revision() > gate.revision()
        ? new Gate(key, limit.slots(), limit.revision(), gate.held(), gate.serial(), gate.waiting())
        : gate;
  }

  public static Gate waiting(Gate gate, boolean waiting) {
    return new Gate(gate.key(), gate.limit(), gate.revision(), gate.held(), gate.serial(), waiting);
  }

  /**
   * @param next the head of the queue
   * @param more whether others are queued behind it
   */
  public static HandOver handOver(Gate gate, Grant grant, Optional<Ticket> next, boolean more) {
    if (!gate.held().contains(grant)) {
      return new HandOver.Stale(gate);
    }
    List<Grant> held = new ArrayList<>(gate.held());
    held.remove(grant);
    if (next.isEmpty() || gate.held().size() > gate.limit()) {
      return new HandOver.Freed(with(gate, held, gate.serial(), next.isPresent()));
    }
    Grant granted = new Grant(gate.key(), grant.slot(), next.get(), gate.serial() + 1);
    held.add(granted);
    return new HandOver.Next(granted, with(gate, held, granted.serial(), more));
  }

  /** How many could be granted now. */
  public static int room(Gate gate) {
    return Math.max(0, gate.limit() - gate.held().size());
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
    held.sort(Comparator.comparingInt(Grant::slot));
    return new Gate(gate.key(), gate.limit(), gate.revision(), held, serial, waiting);
  }
}
