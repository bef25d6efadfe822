package io.opsautomator.benchmarks.permit;

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

/** Taking a permit that is there and giving it back, by one key or many. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PermitBenchmark {
  private static final int ORDER = 16_384;

  @Param({"1", "10000"})
  public int keys = 1;

  @Param({"ours", "floor", "resilience4j", "resilience4j-rate", "bucket4j", "guava", "failsafe"})
  public String library = "";

  private Limiter limiter = key -> false;
  private final String[] order = new String[ORDER];

  /** Where each thread is in the order of keys. */
  @State(Scope.Thread)
  public static class Cursor {
    private int at;
  }

  /** Keys in random order, as accounts and regions come up. */
  @Setup
  public void prepare() {
    limiter = Limiter.named(library, keys);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < ORDER; i++) {
      order[i] = "%012d/eu-west-1/ec2".formatted(random.nextInt(keys)).intern();
      if (!limiter.take(order[i])) {
        throw new IllegalStateException(library + " refuses");
      }
    }
  }

  @Benchmark
  public boolean take(Cursor cursor) {
    return limiter.take(order[cursor.at++ & ORDER - 1]);
  }
}
