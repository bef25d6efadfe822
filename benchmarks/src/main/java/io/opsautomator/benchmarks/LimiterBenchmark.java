package io.opsautomator.benchmarks;

import io.opsautomator.dispatch.KeyedLimiter;
import io.opsautomator.dispatch.KeyedLimiter.Bounds;
import io.opsautomator.dispatch.Permit;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Permits by key: rate and number together, beside the least that either can cost. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LimiterBenchmark {
  private static final int ORDER = 16_384;

  @Param({"1", "10000"})
  public int keys;

  private final Semaphore semaphore = new Semaphore(Bounds.MOST_AT_ONCE);
  private final ConcurrentHashMap<String, Long> map = new ConcurrentHashMap<>();
  private final KeyedLimiter<String> limiter =
      new KeyedLimiter<>(
          new Bounds(8, Bounds.FASTEST, Bounds.LONGEST_BURST),
          System::nanoTime,
          (nanos, task) -> {});
  private final KeyedLimiter<String> numberOnly =
      new KeyedLimiter<>(Bounds.atOnce(8), System::nanoTime, (nanos, task) -> {});
  private final String[] order = new String[ORDER];
  private int at;

  /** Keys in random order, as accounts and regions come up. */
  @Setup
  public void prepare() {
    java.util.SplittableRandom random = new java.util.SplittableRandom(1);
    String[] names = new String[keys];
    for (int i = 0; i < keys; i++) {
      names[i] = String.format("%012d/eu-west-1/ec2", i);
      map.put(names[i], 0L);
    }
    for (int i = 0; i < ORDER; i++) {
      order[i] = names[random.nextInt(keys)];
    }
  }

  private String next() {
    return order[at++ & ORDER - 1];
  }

  @Benchmark
  public long nanoTimeAndSemaphore() {
    semaphore.tryAcquire();
    long now = System.nanoTime();
    semaphore.release();
    return now;
  }

  @Benchmark
  public long nanoTimeAndMap() {
    return map.get(next()) + System.nanoTime();
  }

  @Benchmark
  public boolean permit() {
    try (Permit permit = limiter.tryAcquire(next())) {
      return permit.granted();
    }
  }

  @Benchmark
  public boolean permitByNumberOnly() {
    try (Permit permit = numberOnly.tryAcquire(next())) {
      return permit.granted();
    }
  }
}
