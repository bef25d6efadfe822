package io.opsautomator.store;

import java.util.List;

/**
 * A gate as stored: one item, so that every question about it has one answer. Immutable.
 *
 * @param revision of the definition that the limit comes from; the highest wins
 * @param held one grant per slot in use, by slot
 * @param serial the number of the latest grant
 * @param waiting whether anybody is queued
 */
public record Gate(
    GateKey key, int limit, long revision, List<Grant> held, long serial, boolean waiting) {

  public Gate {
    held = List.copyOf(held);
    if (limit < 1) {
      throw new IllegalArgumentException(
          "limit of " + key.value() + " is " + limit + ", not 1 or more");
    }
  }

  /** Whoever is handed a gate with room fills it before acknowledging the message at hand. */
  public boolean hasRoom() {
    return waiting && held.size() < limit;
  }
}
