package io.opsautomator.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * Makes a failing world smaller: fewer tasks, things, processes, operators and faults, as long as
 * the same invariant is violated. Another world is another course of events, so smaller is found by
 * trying.
 */
final class Shrinker {
  private final Lane lane;
  private final String invariant;
  private int tries;
  private Simulation smallest;
  private WorldResult result;

  private Shrinker(Lane lane, Simulation failing, WorldResult result, int tries) {
    this.lane = lane;
    this.smallest = failing;
    this.result = result;
    this.invariant = result.violated().orElseThrow();
    this.tries = tries;
  }

  /**
   * The smallest that was found with so many tries.
   *
   * @throws IllegalArgumentException if nothing is violated in it
   */
  static Simulation shrink(Lane lane, Simulation failing, int tries) {
    WorldResult result = failing.run(lane);
    if (result.failure().isEmpty()) {
      throw new IllegalArgumentException("nothing is violated in seed " + failing.seed());
    }
    Shrinker shrinker = new Shrinker(lane, failing, result, tries);
    shrinker.sizes();
    shrinker.faults();
    shrinker.sizes();
    return shrinker.smallest;
  }

  private void sizes() {
    down(0, 3, smallest.less()::withOperations);
    down(1, 3, smallest.less()::withTasks);
    down(1, 4, smallest.less()::withThings);
    down(1, 3, smallest.less()::withNodes);
  }

  /** The least of these that will do. */
  private void down(int least, int most, IntFunction<Reduction> reduction) {
    for (int size = least; size < most; size++) {
      if (fails(reduction.apply(size))) {
        return;
      }
    }
  }

  /** Leaves out half of the faults, then quarters, and so on. */
  private void faults() {
    if (!fails(smallest.less().withFaults(result.faults()))) {
      return;
    }
    int parts = 2;
    while (tries > 0 && !result.faults().isEmpty()) {
      if (withoutSome(parts)) {
        parts = Math.max(2, parts - 1);
      } else if (parts >= result.faults().size()) {
        return;
      } else {
        parts = Math.min(2 * parts, result.faults().size());
      }
    }
  }

  private boolean withoutSome(int parts) {
    List<Integer> all = new ArrayList<>(result.faults());
    for (int i = 0; i < parts; i++) {
      Set<Integer> fewer = new TreeSet<>(all);
      fewer.removeAll(all.subList(i * all.size() / parts, (i + 1) * all.size() / parts));
      if (fewer.size() < all.size() && fails(smallest.less().withFaults(fewer))) {
        return true;
      }
    }
    return false;
  }

  /** Whether the same is violated in that world, which then is the smallest. */
  private boolean fails(Reduction reduction) {
    if (tries-- <= 0) {
      return false;
    }
    Simulation smaller = smallest.with(reduction);
    WorldResult of = smaller.run(lane);
    if (!of.violated().equals(Optional.of(invariant))) {
      return false;
    }
    smallest = smaller;
    result = of;
    return true;
  }
}
