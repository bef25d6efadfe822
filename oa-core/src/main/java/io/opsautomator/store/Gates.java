package io.opsautomator.store;

import java.util.List;
import java.util.Optional;

/**
 * Limits by named slots, first come first served. Every method is one write of the gate, whatever
 * the number of waiters, and returns the gate as it left it; handing over reads nothing.
 *
 * <p>Whoever handles a repeated delivery announces every grant in the image again.
 */
public interface Gates {

  /** As below, for a gate that only limits. */
  default Gate enqueue(GateKey key, Limit limit, String order, List<Ticket> tickets) {
    return enqueue(key, limit, Optional.empty(), order, tickets);
  }

  /**
   * Queues tickets under a name that sorts by age; queuing under the same name again is harmless.
   * Creates the gate if need be, and takes over the limit if {@code revision} is higher than the
   * stored one.
   *
   * @param terms on which slots are granted; they apply only when the gate comes into being, and
   *     change by {@link #retune}
   */
  Gate enqueue(GateKey key, Limit limit, Optional<Terms> terms, String order, List<Ticket> tickets);

  /**
   * Takes the slot from its holder and, in the same write, gives it to the next one if the gate is
   * open.
   *
   * @param failed counts the holder as a failure, in the write that takes its slot: so once for a
   *     grant, however often it is handed over. Without a {@link Brake} nothing is counted
   */
  HandOver handOver(Grant grant, boolean failed);

  /**
   * Puts {@code next} in the place of {@code expected}, in one write; who waits is not granted
   * anything by it. Refused, with the gate as it is, when its terms are others, when it has none,
   * and when {@code next} begins a later wave while any slot is named. Applied as well when {@code
   * next} is in place already; absent when there is no such gate.
   */
  Write<Gate> retune(GateKey key, Terms expected, Terms next);

  /**
   * Gives free slots to waiters until there is no room, the gate is shut or nobody waits; returns
   * the new grants, to be announced.
   */
  Filled fill(GateKey key);

  Optional<Gate> find(GateKey key);

  /** {@code revision} decides which of two limits for one key is the later. */
  record Limit(int slots, long revision) {}

  sealed interface HandOver {
    Gate now();

    /** The next holder; to be announced. */
    record Next(Grant grant, Gate now) implements HandOver {}

    record Freed(Gate now) implements HandOver {}

    /** The grant is history: somebody did this before. */
    record Stale(Gate now) implements HandOver {}
  }

  record Filled(List<Grant> granted, Gate now) {
    public Filled {
      granted = List.copyOf(granted);
    }
  }
}
