package io.opsautomator.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Gates with their queues. Guarded by itself: a hand-over is a few steps over small collections.
 */
final class InMemoryGates implements Gates {
  private final Map<GateKey, Entry> entries = new HashMap<>();

  /** The queue sorts by order and place within it. */
  private static final class Entry {
    private Gate gate;
    private final TreeMap<Place, Ticket> queue = new TreeMap<>();

    Entry(Gate gate) {
      this.gate = gate;
    }

    List<Ticket> take(int most) {
      List<Ticket> taken = new ArrayList<>();
      while (taken.size() < most && !queue.isEmpty()) {
        taken.add(queue.pollFirstEntry().getValue());
      }
      return taken;
    }
  }

  private record Place(String order, int index) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byOrder = order.compareTo(other.order);
      return byOrder != 0 ? byOrder : Integer.compare(index, other.index);
    }
  }

  @Override
  public synchronized Gate enqueue(GateKey key, Limit limit, String order, List<Ticket> tickets) {
    Entry entry =
        entries.computeIfAbsent(
            key, k -> new Entry(GateRules.limited(Optional.empty(), key, limit)));
    for (int i = 0; i < tickets.size(); i++) {
      entry.queue.putIfAbsent(new Place(order, i), tickets.get(i));
    }
    entry.gate =
        GateRules.waiting(
            GateRules.limited(Optional.of(entry.gate), key, limit), !entry.queue.isEmpty());
    return entry.gate;
  }

  @Override
  public synchronized HandOver handOver(Grant grant) {
    Entry entry = require(grant.gate());
    Optional<Ticket> next = Optional.ofNullable(entry.queue.firstEntry()).map(Map.Entry::getValue);
    HandOver done = GateRules.handOver(entry.gate, grant, next, entry.queue.size() > 1);
    if (done instanceof HandOver.Next) {
      entry.queue.pollFirstEntry();
    }
    entry.gate = done.now();
    return done;
  }

  @Override
  public synchronized Filled fill(GateKey key) {
    Entry entry = require(key);
    List<Ticket> next = entry.take(GateRules.room(entry.gate));
    Filled filled = GateRules.fill(entry.gate, next, !entry.queue.isEmpty());
    entry.gate = filled.now();
    return filled;
  }

  @Override
  public synchronized Optional<Gate> find(GateKey key) {
    return Optional.ofNullable(entries.get(key)).map(entry -> entry.gate);
  }

  private Entry require(GateKey key) {
    Entry entry = entries.get(key);
    if (entry == null) {
      throw new IllegalArgumentException("no gate " + key.value() + " has been made");
    }
    return entry;
  }
}
