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

  /**
   * Queues tickets under a name that sorts by age; queuing under the same name again is harmless.
   * Creates the gate if need be, and takes over the limit if {@code revision} is higher than the
   * stored one.
   */
  Gate enqueue(GateKey key, Limit limit, String order, List<Ticket> tickets);

  /** Takes the slot from its holder and, in the same write, gives it to the next one. */
  HandOver handOver(Grant grant);

  /**
   * Gives free slots to waiters until there is no room or nobody waits; returns the new grants, to
   * be announced.
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
