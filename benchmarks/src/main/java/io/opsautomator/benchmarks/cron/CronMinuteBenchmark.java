package io.opsautomator.benchmarks.cron;

import io.opsautomator.schedule.CronExpression;
import io.opsautomator.schedule.LocalMinute;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Whether an expression matches a minute that has been taken apart, as it is once a minute for all
 * expressions of a zone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CronMinuteBenchmark {
  private static final int EXPRESSIONS = 7;
  private static final int MINUTES = 256;

  private final CronExpression[] expressions =
      Workload.EXPRESSIONS.stream().map(CronExpression::parse).toArray(CronExpression[]::new);
  private final LocalMinute[] minutes =
      Arrays.stream(Workload.minutes(MINUTES))
          .mapToObj(second -> LocalDateTime.ofInstant(Instant.ofEpochSecond(second), Workload.ZONE))
          .map(LocalMinute::of)
          .toArray(LocalMinute[]::new);
  private int at;

  @Benchmark
  @OperationsPerInvocation(EXPRESSIONS)
  public int match() {
    LocalMinute minute = minutes[at++ & MINUTES - 1];
    int matching = 0;
    for (CronExpression expression : expressions) {
      matching += expression.matches(minute) ? 1 : 0;
    }
    return matching;
  }
}
