package io.opsautomator.benchmarks.tick;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One minute of a scheduler with 100,000 daily tasks in four zones, of which about seventy are due:
 * finding them, firing them, computing when they will be due next.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TickBenchmark {
  private static final int MINUTES_OF_A_DAY = 24 * 60;
  private static final List<ZoneId> ZONES =
      List.of(
          ZoneId.of("UTC"),
          ZoneId.of("Europe/Amsterdam"),
          ZoneId.of("America/New_York"),
          ZoneId.of("Asia/Kolkata"));

  @Param("100000")
  public int tasks;

  @Param({"ours", "quartz", "db-scheduler"})
  public String library = "";

  private Scheduler scheduler = Scheduler.named("ours");
  private Instant now = Instant.EPOCH;

  /** Begins tomorrow: what is due by the real clock, Quartz takes for late. */
  @Setup
  public void register() {
    now = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
    scheduler = Scheduler.named(library);
    for (int i = 0; i < tasks; i++) {
      scheduler.register("task-" + i, i % MINUTES_OF_A_DAY, ZONES.get(i / 7 % 4), now);
    }
    int fired = scheduler.tick(now.plus(Duration.ofDays(1)));
    if (fired != tasks) {
      throw new IllegalStateException(library + " fires " + fired + " of " + tasks + " in a day");
    }
    now = now.plus(Duration.ofDays(1));
  }

  @Benchmark
  public int tick() {
    now = now.plusSeconds(60);
    return scheduler.tick(now);
  }
}
