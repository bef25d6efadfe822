package io.opsautomator.benchmarks.peers;

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
import org.openjdk.jmh.annotations.TearDown;

/**
 * Jobs that do nothing, from handing them in to the end of the last, through a store that others
 * could keep on disk; here it is in memory. Few, since the slowest takes seconds for three hundred.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class StoredJobsBenchmark {
  private static final int JOBS = 300;

  @Param({"db-scheduler", "jobrunr"})
  public String library = "";

  private Jobs jobs = Jobs.named("pool");

  @Setup
  public void open() {
    jobs.close();
    jobs = Jobs.named(library);
  }

  @Benchmark
  @OperationsPerInvocation(JOBS)
  public void run() throws InterruptedException {
    jobs.run(JOBS);
  }

  @TearDown
  public void close() {
    jobs.close();
  }
}
