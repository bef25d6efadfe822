package io.opsautomator.benchmarks.report;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * The processor time of one operation, in nanoseconds: of the threads that call the benchmark, and
 * of the whole process with its helpers, compilers and collectors. Neither counts the time in which
 * other processes had the processor, so that figures hold on a busy machine too.
 */
public final class CpuProfiler implements InternalProfiler {
  static final String WORKERS = "cpu";
  static final String PROCESS = "cpu.process";

  private static final String WORKER = "-jmh-worker-";

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final OperatingSystemMXBean process =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private long workersBefore;
  private long processBefore;

  @Override
  public String getDescription() {
    return "Processor time per operation";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    workersBefore = workers();
    processBefore = process.getProcessCpuTime();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double operations = Math.max(1, result.getMetadata().getAllOps());
    return List.of(
        figure(WORKERS, (workers() - workersBefore) / operations),
        figure(PROCESS, (process.getProcessCpuTime() - processBefore) / operations));
  }

  private long workers() {
    long sum = 0;
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().contains(WORKER)) {
        sum += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
      }
    }
    return sum;
  }

  private static ScalarResult figure(String name, double value) {
    return new ScalarResult(name, value, "ns/op", AggregationPolicy.AVG);
  }
}
