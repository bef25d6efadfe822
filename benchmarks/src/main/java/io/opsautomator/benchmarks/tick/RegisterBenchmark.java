package io.opsautomator.benchmarks.tick;

import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Taking in tasks with schedules, expression and first firing included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RegisterBenchmark {
  private static final int TASKS = 2000;
  private static final Instant NOW = Instant.parse("2036-01-01T00:00:00Z");
  private static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");

  @Param({"ours", "quartz"})
  public String library = "";

  @Benchmark
  @OperationsPerInvocation(TASKS)
  public Object register() {
    Scheduler scheduler = Scheduler.named(library);
    for (int i = 0; i < TASKS; i++) {
      scheduler.register("task-" + i, i % 1440, ZONE, NOW);
    }
    return scheduler;
  }
}
