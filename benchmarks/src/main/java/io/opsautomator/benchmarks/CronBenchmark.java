package io.opsautomator.benchmarks;

import io.opsautomator.schedule.CronExpression;
import io.opsautomator.schedule.Schedule;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
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
 * Cron: reading an expression, and the next firing after random instants of ten years in a zone
 * with changes of the clock.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CronBenchmark {
  private static final int INSTANTS = 4096;

  @Param({"0/15 * * * ?", "0 9-17 ? * MON-FRI", "45 23 L * ?", "0 22 ? * FRI#3"})
  public String expression = "";

  private Schedule schedule = new Schedule.Once(Instant.EPOCH);
  private final Instant[] instants = new Instant[INSTANTS];
  private int at;

  @Setup
  public void prepare() {
    schedule = Schedule.cron(expression, "Europe/Berlin");
    SplittableRandom random = new SplittableRandom(1);
    long from = Instant.parse("2020-01-01T00:00:00Z").getEpochSecond();
    long to = Instant.parse("2030-01-01T00:00:00Z").getEpochSecond();
    for (int i = 0; i < INSTANTS; i++) {
      instants[i] = Instant.ofEpochSecond(random.nextLong(from, to));
    }
  }

  @Benchmark
  public CronExpression parse() {
    return CronExpression.parse(expression);
  }

  @Benchmark
  public Optional<Instant> next() {
    return schedule.nextAfter(instants[at++ & INSTANTS - 1]);
  }
}
