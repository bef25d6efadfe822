package io.opsautomator.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A world that is yet to be run: the same seed, reduction and mutant give the same world.
 *
 * @param mutant its title in {@link Mutants}; {@code none} for the engine as it is
 */
record Simulation(long seed, Reduction less, String mutant, Shelf shelf, boolean traced) {
  static Simulation of(long seed) {
    return new Simulation(seed, Reduction.NONE, Mutants.NONE.title(), Shelf.MEMORY, false);
  }

  Simulation with(Reduction reduction) {
    return new Simulation(seed, reduction, mutant, shelf, traced);
  }

  Simulation withMutant(String name) {
    return new Simulation(seed, less, name, shelf, traced);
  }

  Simulation on(Shelf other) {
    return new Simulation(seed, less, mutant, other, traced);
  }

  Simulation withTrace() {
    return new Simulation(seed, less, mutant, shelf, true);
  }

  /** Runs it, watched by all invariants. */
  WorldResult run(Lane lane, Watcher... more) {
    return run(lane, Mutants.named(mutant).orElseThrow(), more);
  }

  WorldResult run(Lane lane, Supplier<Mutant> of, Watcher... more) {
    List<Watcher> watchers = new ArrayList<>(List.of(more));
    watchers.addAll(Invariants.watchers());
    return new SimulatedWorld(this, lane, of.get(), watchers).run();
  }

  /** What replays it, with a trace. */
  String command() {
    List<String> words = new ArrayList<>(List.of("tools/simulate", "--seed", "" + seed));
    words.addAll(less.options());
    if (!mutant.equals(Mutants.NONE.title())) {
      words.addAll(List.of("--mutant", mutant));
    }
    if (shelf != Shelf.MEMORY) {
      words.addAll(List.of("--store", shelf.title()));
    }
    words.add("--trace");
    return String.join(" ", words);
  }
}
