package io.opsautomator.store;

import java.util.List;
import java.util.Optional;

/**
 * A gate as stored: one item, so that every question about it has one answer.
 *
 * @param held one grant per slot in use
 * @param waiting whether anything is queued, as far as the gate knows
 */
public record Gate(GateKey key, Rule rule, List<Grant> held, boolean waiting, Tally tally) {

  public Gate {
    held = List.copyOf(held);
  }

  /** Whoever is handed a gate with room fills it before acknowledging the message at hand. */
  public boolean hasRoom() {
    return waiting && held.size() < rule.limit() && rule.open(tally);
  }

  /**
   * {@code revision} decides which of two rules for one key is the later. Absent bounds are not
   * checked.
   */
  public record Rule(
      int limit, long revision, Optional<Integer> maxFailed, Optional<Integer> allowance) {

    public static Rule limit(int limit, long revision) {
      return new Rule(limit, revision, Optional.empty(), Optional.empty());
    }

    boolean open(Tally tally) {
      return !tally.stopped()
          && maxFailed.map(most -> tally.failed() < most).orElse(true)
          && allowance.map(most -> tally.granted() < most).orElse(true);
    }
  }

  public record Tally(long granted, int failed, boolean stopped) {}
}
