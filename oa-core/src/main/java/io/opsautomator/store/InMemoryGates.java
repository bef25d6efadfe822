package io.opsautomator.store;

import io.opsautomator.task.RunId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
  public synchronized Gate enqueue(
      GateKey key, Limit limit, Optional<Terms> terms, String order, List<Ticket> tickets) {
    Gate gate = GateRules.limited(find(key), key, limit, terms);
    Entry entry = entries.computeIfAbsent(key, k -> new Entry(gate));
    for (int i = 0; i < tickets.size(); i++) {
      entry.queue.putIfAbsent(new Place(order, i), tickets.get(i));
    }
    entry.gate = GateRules.waiting(gate, !entry.queue.isEmpty());
    return entry.gate;
  }

  @Override
  public synchronized HandOver handOver(Grant grant, boolean failed) {
    Entry entry = require(grant.gate());
    Optional<Ticket> next = Optional.ofNullable(entry.queue.firstEntry()).map(Map.Entry::getValue);
    HandOver done = GateRules.handOver(entry.gate, grant, failed, next, entry.queue.size() > 1);
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
  public synchronized Write<Gate> retune(GateKey key, Terms expected, Terms next) {
    Entry entry = entries.get(key);
    if (entry == null) {
      return new Write.Absent<>();
    }
    Write<Gate> write = GateRules.retune(entry.gate, expected, next);
    if (write instanceof Write.Applied<Gate> applied) {
      entry.gate = applied.now();
    }
    return write;
  }

  @Override
  public synchronized Optional<Gate> find(GateKey key) {
    return Optional.ofNullable(entries.get(key)).map(entry -> entry.gate);
  }

  /** The gates of runs go with them. */
  synchronized void forget(Collection<RunId> runs) {
    Set<String> gone = runs.stream().map(GateKey::ofRuns).collect(Collectors.toSet());
    entries
        .keySet()
        .removeIf(key -> gone.contains(key.value().substring(0, key.value().lastIndexOf('/') + 1)));
  }

  private Entry require(GateKey key) {
    Entry entry = entries.get(key);
    if (entry == null) {
      throw new IllegalArgumentException("no gate " + key.value() + " has been made");
    }
    return entry;
  }
}
