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
   * Queues a page of tickets under a name that sorts by age. Queuing a page again is harmless.
   * Creates the gate if need be.
   */
  Gate enqueue(GateKey key, Gate.Rule ifNew, String page, List<Ticket> tickets);

  /**
   * Takes the slot from its holder and, in the same write, gives it to the next one; counts a
   * failure once.
   */
  HandOver handOver(Grant grant, End end);

  /**
   * Gives free slots to waiters until there is no room or nobody waits; returns the new grants, to
   * be announced.
   */
  Filled fill(GateKey key);

  /**
   * Changes limit, bounds or allowance, unless a later revision is stored. Nobody is stopped by a
   * smaller limit.
   */
  Write<Gate> rule(GateKey key, Gate.Rule rule);

  /** Grants nothing from now on. */
  Write<Gate> stop(GateKey key);

  Optional<Gate> find(GateKey key);

  enum End {
    SUCCEEDED,
    FAILED,
    LEFT
  }

  sealed interface HandOver {
    Gate now();

    /** The next holder; to be announced, or taken on by this worker. */
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
