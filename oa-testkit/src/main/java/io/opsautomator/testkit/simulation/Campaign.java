package io.opsautomator.testkit.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Runs the worlds of many seeds, on several lanes side by side, and adds up what came of them. */
final class Campaign {
  private final long first;
  private final long seeds;
  private final String mutant;
  private final Shelf shelf;
  private final AtomicLong next = new AtomicLong();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
  private final Findings findings = new Findings();

  /** What came of all worlds together. Guarded by itself. */
  static final class Findings {
    private final List<WorldResult> failures = new ArrayList<>();
    private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);
    private final Map<String, Long> features = new TreeMap<>();
    private final Coverage coverage = new Coverage();
    private final Map<String, long[]> measures = new LinkedHashMap<>();
    private long worlds;

    private synchronized void add(WorldResult result, Coverage covered) {
      worlds++;
      result.counts().forEach((fault, count) -> counts.merge(fault, (long) count, Long::sum));
      result.features().forEach(feature -> features.merge(feature, 1L, Long::sum));
      coverage.add(covered);
      measure("processes at a time", result.size().nodes());
      measure("processes in all", result.size().started());
      measure("steps", result.size().steps());
      measure("writes", result.size().writes());
      measure("calls of the cloud", result.size().calls());
      measure("faults", result.faults().size());
      if (result.failure().isPresent()) {
        failures.add(result);
      }
    }

    /** Least, most and sum. */
    private void measure(String what, long value) {
      long[] all = measures.computeIfAbsent(what, w -> new long[] {value, value, 0});
      all[0] = Math.min(all[0], value);
      all[1] = Math.max(all[1], value);
      all[2] += value;
    }

    /** Of worlds that failed, in the order in which they did. */
    synchronized List<WorldResult> failures() {
      return List.copyOf(failures);
    }

    /** How often each fault happened. */
    synchronized Map<Fault, Long> counts() {
      return new EnumMap<>(counts);
    }

    /** In how many worlds. */
    synchronized Map<String, Long> features() {
      return new TreeMap<>(features);
    }

    synchronized Coverage coverage() {
      return coverage;
    }

    /** By what is measured: the least, the most, and the sum. */
    synchronized Map<String, long[]> measures() {
      return new LinkedHashMap<>(measures);
    }

    synchronized long worlds() {
      return worlds;
    }
  }

  /**
   * @param mutant its title in {@link Mutants}
   */
  Campaign(long first, long seeds, String mutant) {
    this(first, seeds, mutant, Shelf.MEMORY);
  }

  Campaign(long first, long seeds, String mutant, Shelf shelf) {
    this.first = first;
    this.seeds = seeds;
    this.mutant = mutant;
    this.shelf = shelf;
  }

  Findings findings() {
    return findings;
  }

  /**
   * Returns when all seeds have been run, or when {@code enough}, which is asked after each.
   *
   * @param lanes how many worlds run at a time
   */
  Findings run(int lanes, BooleanSupplier enough) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 1; i <= lanes; i++) {
      String name = "lane" + i;
      Thread thread = new Thread(() -> explore(name, enough), name);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      join(thread);
    }
    if (broken.get() != null) {
      throw new IllegalStateException("the simulator itself has failed", broken.get());
    }
    return findings;
  }

  private void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      stopped.set(true);
      Thread.currentThread().interrupt();
    }
  }

  private void explore(String name, BooleanSupplier enough) {
    try {
      exploreAll(name, enough);
    } catch (RuntimeException | Error e) {
      broken.compareAndSet(null, e);
      stopped.set(true);
    }
  }

  private void exploreAll(String name, BooleanSupplier enough) {
    try (Lane lane = new Lane(name)) {
      for (long i = next.getAndIncrement(); i < seeds; i = next.getAndIncrement()) {
        Coverage coverage = new Coverage();
        Simulation simulation = Simulation.of(first + i).withMutant(mutant).on(shelf);
        findings.add(simulation.run(lane, coverage), coverage);
        if (stopped.get() || enough.getAsBoolean()) {
          stopped.set(true);
          return;
        }
      }
    }
  }
}
