package io.opsautomator.store;

import java.util.List;
import java.util.Optional;

/**
 * A gate as stored: one item, so that every question about it has one answer. Immutable.
 *
 * @param revision of the definition that the limit comes from; the highest wins
 * @param held one grant per slot in use, by slot
 * @param serial the number of the latest grant, so how many were made
 * @param waiting whether anybody is queued
 * @param brake what may hold it shut; empty for a gate that only limits
 */
public record Gate(
    GateKey key,
    int limit,
    long revision,
    List<Grant> held,
    long serial,
    boolean waiting,
    Optional<Brake> brake) {

  public Gate {
    held = List.copyOf(held);
    if (limit < 1) {
      throw new IllegalArgumentException(
          "limit of " + key.value() + " is " + limit + ", not 1 or more");
    }
  }

  /** Whether anything is granted at all: no threshold reached, no wave exhausted, not stopped. */
  public boolean open() {
    return brake.isEmpty() || brake.get().open(serial);
  }

  /** Whoever is handed a gate with room fills it before acknowledging the message at hand. */
  public boolean hasRoom() {
    return waiting && held.size() < limit && open();
  }
}
