package io.opsautomator.benchmarks.cron;

import io.opsautomator.benchmarks.cron.CronLibrary.Firings;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Reading an expression, its next firing after a random minute, and whether it fires at one: the
 * mean over the expressions of {@link Workload}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CronBenchmark {
  private static final int EXPRESSIONS = 7;
  private static final int MINUTES = 256;

  @Param({"ours", "jobrunr", "spring", "quartz", "cron-utils", "db-scheduler"})
  public String library = "";

  private CronLibrary asked = CronLibrary.named("ours");
  private final String[] texts = new String[EXPRESSIONS];
  private final Firings[] firings = new Firings[EXPRESSIONS];
  private int at;

  @Setup
  public void prepare() {
    asked = CronLibrary.named(library);
    long[] minutes = Workload.minutes(MINUTES);
    for (int i = 0; i < EXPRESSIONS; i++) {
      texts[i] = asked.written(Workload.EXPRESSIONS.get(i));
      firings[i] = asked.firings(texts[i], Workload.ZONE, minutes);
    }
  }

  @Benchmark
  @OperationsPerInvocation(EXPRESSIONS)
  public void parse(Blackhole results) {
    for (String text : texts) {
      results.consume(asked.parse(text));
    }
  }

  @Benchmark
  @OperationsPerInvocation(EXPRESSIONS)
  public long next() {
    int minute = at++ & MINUTES - 1;
    long sum = 0;
    for (Firings each : firings) {
      sum += each.next(minute);
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(EXPRESSIONS)
  public int match() {
    int minute = at++ & MINUTES - 1;
    int matching = 0;
    for (Firings each : firings) {
      matching += each.matches(minute) ? 1 : 0;
    }
    return matching;
  }
}
