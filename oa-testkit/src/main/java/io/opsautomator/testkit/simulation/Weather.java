package io.opsautomator.testkit.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How likely what goes wrong, by kind of fault, until it clears up. Some seeds are calm, some have
 * a storm of one kind, so that different corners are reached. Every fault that happens gets a
 * number; when only some numbers are allowed, as when a failing world is made smaller, the others
 * do not happen.
 */
final class Weather {
  private static final Map<Fault, Double> BASE = base();

  private final Chance chance;
  private final Map<Fault, Double> rates = new EnumMap<>(BASE);
  private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
  private final Optional<Set<Integer>> allowed;
  private final Set<Integer> happened = new TreeSet<>();
  private int numbers;
  private boolean calm;

  private static Map<Fault, Double> base() {
    Map<Fault, Double> rates = new EnumMap<>(Fault.class);
    rates.put(Fault.CRASH_BEFORE, 0.0012);
    rates.put(Fault.CRASH_AFTER, 0.0018);
    rates.put(Fault.FREEZE_PROCESS, 0.0008);
    rates.put(Fault.FREEZE_WORKER, 0.0030);
    rates.put(Fault.STORE_FAILED, 0.0030);
    rates.put(Fault.STORE_ANSWER_LOST, 0.0035);
    rates.put(Fault.RACE, 0.02);
    rates.put(Fault.MESSAGE_DUPLICATED, 0.04);
    rates.put(Fault.MESSAGE_LATE, 0.04);
    rates.put(Fault.MESSAGE_REORDERED, 0.08);
    rates.put(Fault.MESSAGE_DELIVERY_LOST, 0.02);
    rates.put(Fault.MESSAGE_LOST, 0.012);
    rates.put(Fault.CALL_THROTTLED, 0.04);
    rates.put(Fault.CALL_FAILED, 0.02);
    rates.put(Fault.CALL_ANSWER_LOST, 0.04);
    rates.put(Fault.LISTING_FAILED, 0.05);
    rates.put(Fault.LISTING_TOKEN_EXPIRED, 0.10);
    rates.put(Fault.LISTING_REFUSED, 0.004);
    rates.put(Fault.STALE_READ, 1.0); // as often as there is something to miss
    rates.put(Fault.CRASH_BETWEEN, 0.5); // of the times that are set aside for these
    rates.put(Fault.RESTART, 0.001);
    rates.put(Fault.STORM, 0.3);
    rates.put(Fault.CLOCK_SKEW, 1.0);
    rates.put(Fault.TABLE_CALL_REPEATED, 0.015);
    rates.put(Fault.TABLE_CONFLICT, 0.01);
    rates.put(Fault.TABLE_BATCH_CUT, 0.05);
    rates.put(Fault.TABLE_INDEX_STALE, 0.2);
    return rates;
  }

  Weather(Chance chance, Optional<Set<Integer>> allowed) {
    this.chance = chance;
    this.allowed = allowed;
    double general = chance.oneOf(0.3, 1.0, 1.0, 1.0, 2.0);
    for (Fault kind : Fault.ofAll()) {
      double factor = general * chance.oneOf(0.0, 0.5, 1.0, 1.0, 2.0);
      rates.merge(kind, factor, (rate, by) -> rate * by);
    }
    if (chance.in(0.4)) {
      Fault stormy = chance.oneOf(Fault.ofAll());
      rates.put(stormy, Math.min(1, BASE.getOrDefault(stormy, 0.0) * 12));
    }
  }

  /** The store of this world is in tables. Its faults have dice of their own. */
  void overTables(Chance dice) {
    for (Fault kind : Fault.onlyOfTables()) {
      rates.merge(kind, dice.oneOf(0.0, 1.0, 1.0, 4.0), (rate, by) -> rate * by);
    }
  }

  /** What cannot happen in this world. */
  void excludes(Fault kind) {
    rates.put(kind, 0.0);
  }

  void clearUp() {
    calm = true;
  }

  boolean calm() {
    return calm;
  }

  /** The numbers of those that have happened. */
  Set<Integer> happened() {
    return happened;
  }

  /** How often each kind happened. */
  Map<Fault, Integer> counts() {
    return counts;
  }

  /** Which of these happens now, if any; one throw of the dice for all of them. */
  @Nullable Fault strike(Fault[] kinds) {
    if (calm) {
      return null;
    }
    double thrown = chance.share();
    for (Fault kind : kinds) {
      thrown -= rates.getOrDefault(kind, 0.0);
      if (thrown < 0) {
        return happens(kind) ? kind : null;
      }
    }
    return null;
  }

  boolean strikes(Fault kind) {
    double rate = rates.getOrDefault(kind, 0.0);
    return !calm && rate > 0 && chance.in(rate) && happens(kind);
  }

  private boolean happens(Fault kind) {
    int number = ++numbers;
    if (allowed.isPresent() && !allowed.get().contains(number)) {
      return false;
    }
    counts.merge(kind, 1, Integer::sum);
    happened.add(number);
    return true;
  }

  /** The number of the latest fault. */
  int latest() {
    return numbers;
  }
}
