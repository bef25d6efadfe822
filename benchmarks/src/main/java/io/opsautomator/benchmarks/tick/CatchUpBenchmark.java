package io.opsautomator.benchmarks.tick;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Firing everything that a scheduler has missed in a day: each daily task once. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class CatchUpBenchmark {
  private static final Instant NOW = Instant.parse("2036-01-01T00:00:00Z");
  private static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");

  @Param("100000")
  public int tasks;

  @Param({"ours", "quartz"})
  public String library = "";

  private Scheduler scheduler = Scheduler.named("ours");

  @Setup(Level.Invocation)
  public void register() {
    scheduler = Scheduler.named(library);
    for (int i = 0; i < tasks; i++) {
      scheduler.register("task-" + i, i % 1440, ZONE, NOW);
    }
  }

  @Benchmark
  public int catchUp() {
    int fired = scheduler.tick(NOW.plus(Duration.ofDays(1)));
    if (fired != tasks) {
      throw new IllegalStateException(library + " fires " + fired + " of " + tasks + " in a day");
    }
    return fired;
  }
}
