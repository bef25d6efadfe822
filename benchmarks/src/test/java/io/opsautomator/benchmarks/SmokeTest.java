package io.opsautomator.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs what takes milliseconds once; measures nothing. */
final class SmokeTest {
  private static final List<String> LONG = List.of("DispatchBenchmark", "StoredJobsBenchmark");

  @Test
  void everyShortBenchmarkRuns() throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include("io.opsautomator.benchmarks")
            .exclude(String.join("|", LONG))
            .param("tasks", "1440")
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(1))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();

    assertThat(new Runner(options).run())
        .extracting(RunResult::getPrimaryResult)
        .allSatisfy(result -> assertThat(result.getScore()).isPositive());
  }
}
