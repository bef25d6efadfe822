package io.opsautomator.testkit.simulation;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Explores worlds from the command line; {@code tools/simulate} calls it. */
public final class Simulate {
  private static final int SHOWN = 10;
  private static final int TRIES = 600;
  private static final String USAGE =
      """
      simulate --seeds N [--from S] [--threads T] [--mutant NAME] [--report FILE]   explore N seeds
      simulate --seed S [--trace | --shrink] [--mutant NAME] [reductions]           replay one

      --store memory | dynamodb
      reductions: --tasks N --things N --processes N --operations N --faults 1,2,3
      """;

  private final PrintStream out;
  private long seed = -1;
  private long seeds;
  private long from = 1;
  private int threads = Runtime.getRuntime().availableProcessors();
  private boolean trace;
  private boolean shrink;
  private Optional<Path> report = Optional.empty();
  private String mutant = Mutants.NONE.title();
  private Shelf shelf = Shelf.MEMORY;
  private Reduction less = Reduction.NONE;

  private Simulate(PrintStream out) {
    this.out = out;
  }

  /** Exits with 0 when nothing was violated, with 1 when something was, with 2 on wrong options. */
  public static void main(String[] args) {
    System.exit(run(System.out, args));
  }

  static int run(PrintStream out, String... args) {
    Simulate simulate = new Simulate(out);
    Optional<String> wrong = simulate.read(args);
    if (wrong.isPresent()) {
      out.println(wrong.get());
      out.print(USAGE);
      return 2;
    }
    return simulate.seed >= 0 ? simulate.replay() : simulate.explore();
  }

  // -- Options ------------------------------------------------------------------------------------

  /** What is wrong with them. */
  private Optional<String> read(String[] args) {
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--trace")) {
        trace = true;
      } else if (args[i].equals("--shrink")) {
        shrink = true;
      } else {
        @Nullable String value = ++i < args.length ? args[i] : null;
        if (value == null || !accept(args[i - 1], value)) {
          return Optional.of("cannot make sense of " + args[i - 1]);
        }
      }
    }
    return seed < 0 && seeds <= 0 ? Optional.of("how many seeds, or which?") : Optional.empty();
  }

  private boolean accept(String name, String value) {
    try {
      switch (name) {
        case "--seed" -> seed = Long.parseLong(value);
        case "--seeds" -> seeds = Long.parseLong(value);
        case "--from" -> from = Long.parseLong(value);
        case "--report" -> report = Optional.of(Path.of(value));
        case "--threads" -> threads = Integer.parseInt(value);
        case "--mutant" -> mutant = Mutants.named(value).orElseThrow().title();
        case "--store" -> shelf = Shelf.named(value).orElseThrow();
        default -> less = less.option(name, value).orElseThrow();
      }
      return true;
    } catch (IllegalArgumentException | NoSuchElementException e) {
      return false;
    }
  }

  // -- One ----------------------------------------------------------------------------------------

  private int replay() {
    Simulation simulation = Simulation.of(seed).with(less).withMutant(mutant).on(shelf);
    try (Lane lane = new Lane("lane")) {
      if (shrink) {
        simulation = Shrinker.shrink(lane, simulation, TRIES);
      }
      WorldResult result = simulation.withTrace().run(lane);
      if (trace) {
        result.trace().lines().forEach(out::println);
      }
      if (result.failure().isEmpty()) {
        out.println("seed " + seed + ": nothing is violated in " + result.size());
        return 0;
      }
      out.println(SimulationFailure.of(lane, simulation).getMessage());
      return 1;
    }
  }

  // -- Many ---------------------------------------------------------------------------------------

  private int explore() {
    long began = System.nanoTime();
    Campaign.Findings found = new Campaign(from, seeds, mutant, shelf).run(threads, () -> false);
    double seconds = (System.nanoTime() - began) / 1e9;
    report.ifPresent(file -> write(file, new Report(found, mutant, shelf, seconds).markdown()));
    List<WorldResult> failures = found.failures();
    out.printf(
        "%d worlds in %.0f s, %.0f a second; %d of them violate something%n",
        found.worlds(), seconds, found.worlds() / seconds, failures.size());
    failures.stream().limit(SHOWN).forEach(this::show);
    return failures.isEmpty() ? 0 : 1;
  }

  private void show(WorldResult failed) {
    out.println(Simulation.of(failed.seed()).withMutant(mutant).on(shelf).command());
    out.println("  " + failed.failure().orElseThrow().getMessage());
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("the report cannot be written to " + file, e);
    }
  }
}
