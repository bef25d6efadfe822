package io.opsautomator.store;

import io.opsautomator.task.RunId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Gates with their queues. Each is guarded by its own monitor: a hand-over is a few steps over
 * small collections, and gates have nothing to do with each other.
 */
final class InMemoryGates implements Gates {
  private final Map<GateKey, Entry> entries = new ConcurrentHashMap<>();

  /** Guarded by itself. */
  private static final class Entry {
    private Gate gate;

    /** What was queued together, by order; in it the tickets by their place. No part is empty. */
    private final TreeMap<String, TreeMap<Integer, Ticket>> queue = new TreeMap<>();

    Entry(Gate gate) {
      this.gate = gate;
    }

    void add(String order, List<Ticket> tickets) {
      if (!tickets.isEmpty()) {
        Map<Integer, Ticket> part = queue.computeIfAbsent(order, o -> new TreeMap<>());
        for (int i = 0; i < tickets.size(); i++) {
          part.putIfAbsent(i, tickets.get(i));
        }
      }
    }

    Optional<Ticket> head() {
      return queue.isEmpty()
          ? Optional.empty()
          : Optional.of(queue.firstEntry().getValue().firstEntry().getValue());
    }

    boolean hasSecond() {
      return queue.size() > 1 || !queue.isEmpty() && queue.firstEntry().getValue().size() > 1;
    }

    Ticket poll() {
      Map.Entry<String, TreeMap<Integer, Ticket>> first = queue.firstEntry();
      Ticket ticket = first.getValue().pollFirstEntry().getValue();
      if (first.getValue().isEmpty()) {
        queue.pollFirstEntry();
      }
      return ticket;
    }

    List<Ticket> take(int most) {
      List<Ticket> taken = new ArrayList<>();
      while (taken.size() < most && !queue.isEmpty()) {
        taken.add(poll());
      }
      return taken;
    }
  }

  @Override
  public Gate enqueue(
      GateKey key, Limit limit, Optional<Terms> terms, String order, List<Ticket> tickets) {
    Entry entry =
        entries.computeIfAbsent(
            key, k -> new Entry(GateRules.limited(Optional.empty(), key, limit, terms)));
    synchronized (entry) {
      entry.add(order, tickets);
      entry.gate =
          GateRules.waiting(
              GateRules.limited(Optional.of(entry.gate), key, limit, terms),
              !entry.queue.isEmpty());
      return entry.gate;
    }
  }

  @Override
  public HandOver handOver(Grant grant, boolean failed) {
    return write(
        grant.gate(),
        entry -> {
          HandOver done =
              GateRules.handOver(entry.gate, grant, failed, entry.head(), entry.hasSecond());
          if (done instanceof HandOver.Next) {
            entry.poll();
          }
          entry.gate = done.now();
          return done;
        });
  }

  @Override
  public Filled fill(GateKey key) {
    return write(
        key,
        entry -> {
          List<Ticket> next = entry.take(GateRules.room(entry.gate));
          Filled filled = GateRules.fill(entry.gate, next, !entry.queue.isEmpty());
          entry.gate = filled.now();
          return filled;
        });
  }

  @Override
  public Write<Gate> retune(GateKey key, Terms expected, Terms next) {
    return change(
            key,
            entry -> {
              Write<Gate> write = GateRules.retune(entry.gate, expected, next);
              if (write instanceof Write.Applied<Gate> applied) {
                entry.gate = applied.now();
              }
              return write;
            })
        .orElseGet(Write.Absent::new);
  }

  @Override
  public Optional<Gate> find(GateKey key) {
    return change(key, entry -> entry.gate);
  }

  /** The gates of runs go with them. */
  void forget(Collection<RunId> runs) {
    Set<String> gone = runs.stream().map(GateKey::ofRuns).collect(Collectors.toSet());
    entries.keySet().removeIf(key -> gone.contains(owner(key.value())));
  }

  /** Up to its second slash: for the gate of a run, what {@link GateKey#ofRuns} says. */
  private static String owner(String key) {
    return key.substring(0, key.indexOf('/', key.indexOf('/') + 1) + 1);
  }

  private <T> T write(GateKey key, Function<Entry, T> step) {
    return change(key, step)
        .orElseThrow(
            () -> new IllegalArgumentException("no gate " + key.value() + " has been made"));
  }

  /** Empty when there is none. */
  private <T> Optional<T> change(GateKey key, Function<Entry, T> step) {
    Entry entry = entries.get(key);
    if (entry == null) {
      return Optional.empty();
    }
    synchronized (entry) {
      return Optional.of(step.apply(entry));
    }
  }
}
