package io.opsautomator.benchmarks.report;

import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Some benchmarks that are run in one way.
 *
 * @param include a regular expression of what to run, as JMH takes it
 * @param parameter the parameter whose values are given; empty for all of them
 * @param values those values
 * @param threads how many threads call at once
 * @param effort how long
 */
record Stage(String include, String parameter, List<String> values, int threads, Effort effort) {
  Stage {
    values = List.copyOf(values);
  }

  static Stage of(String include, Effort effort) {
    return new Stage(include, "", List.of(), 1, effort);
  }

  Stage with(String name, String... wanted) {
    return new Stage(include, name, List.of(wanted), threads, effort);
  }

  Stage threads(int count) {
    return new Stage(include, parameter, values, count, effort);
  }

  /** Whether a target is about it: then it is run in several JVMs. */
  boolean counts() {
    return effort.forks() > 1;
  }

  /** The same with less effort. */
  Stage quick() {
    return new Stage(include, parameter, values, threads, effort.quick());
  }

  Options options(String result) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(include)
            .threads(threads)
            .forks(effort.forks())
            .warmupIterations(effort.warmups())
            .warmupTime(TimeValue.milliseconds(effort.warmupMillis()))
            .measurementIterations(effort.iterations())
            .measurementTime(TimeValue.milliseconds(effort.millis()))
            .addProfiler(CpuProfiler.class)
            .addProfiler(GCProfiler.class)
            .jvmArgs("-Xms2g", "-Xmx2g", "-XX:+UseParallelGC")
            .shouldFailOnError(true)
            .resultFormat(ResultFormatType.JSON)
            .result(result);
    return (values.isEmpty() ? options : options.param(parameter, values.toArray(String[]::new)))
        .build();
  }

  /**
   * How long a benchmark is run.
   *
   * @param forks in how many JVMs, one after the other
   * @param warmups iterations that do not count
   * @param warmupMillis the length of one of them
   * @param iterations iterations that count
   * @param millis the length of one of them
   */
  record Effort(int forks, int warmups, int warmupMillis, int iterations, int millis) {
    Effort quick() {
      return new Effort(1, Math.min(warmups, 3), Math.min(warmupMillis, 250), 2, 150);
    }
  }
}
