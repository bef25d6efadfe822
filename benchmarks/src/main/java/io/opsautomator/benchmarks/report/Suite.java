package io.opsautomator.benchmarks.report;

import io.opsautomator.benchmarks.report.Stage.Effort;
import java.util.List;

/**
 * What is run for the table. Each library has JVMs of its own: a call site that has seen two of
 * them is slower for both. Those that a target names are run in three, the others in one.
 */
final class Suite {
  private static final Effort COUNTS = new Effort(3, 4, 500, 3, 400);
  private static final Effort BESIDE = new Effort(1, 5, 700, 4, 500);

  private static final Effort SLOW = new Effort(3, 2, 1000, 3, 1000);

  private static final Effort ONCE = new Effort(1, 1, 10, 2, 10);

  static final List<Stage> STAGES =
      List.of(
          Stage.of("CronBenchmark\\.(parse|next)$", COUNTS)
              .with("library", "ours", "jobrunr", "spring"),
          Stage.of("CronBenchmark\\.match$", COUNTS).with("library", "jobrunr", "spring"),
          Stage.of("CronMinuteBenchmark\\.match$", COUNTS),
          Stage.of("CronBenchmark\\.(parse|next|match)$", BESIDE)
              .with("library", "quartz", "cron-utils", "db-scheduler"),
          Stage.of("FilterBenchmark\\.match$", COUNTS)
              .with("engine", "ours", "spel-compiled", "mvel"),
          Stage.of("FilterBenchmark\\.match$", BESIDE)
              .with("engine", "spel-java", "jmespath", "spel", "cel"),
          Stage.of("ColumnsBenchmark", COUNTS),
          Stage.of("PermitBenchmark", COUNTS)
              .with("library", "ours", "floor", "resilience4j", "resilience4j-rate"),
          Stage.of("PermitBenchmark", BESIDE).with("library", "bucket4j", "guava", "failsafe"),
          Stage.of("PermitBenchmark", BESIDE)
              .with("library", "ours", "floor", "resilience4j")
              .threads(2),
          Stage.of("PermitBenchmark", BESIDE)
              .with("library", "ours", "floor", "resilience4j")
              .threads(8),
          Stage.of("ParameterBenchmark", BESIDE),
          Stage.of("TickBenchmark", COUNTS).with("library", "ours", "quartz"),
          Stage.of("TickBenchmark", SLOW).with("library", "db-scheduler"),
          Stage.of("RegisterBenchmark", COUNTS),
          Stage.of("CatchUpBenchmark", SLOW).with("library", "ours"),
          Stage.of("DispatchBenchmark", SLOW),
          Stage.of("[.]JobsBenchmark", SLOW),
          Stage.of("StoredJobsBenchmark", SLOW).with("library", "db-scheduler"),
          Stage.of("StoredJobsBenchmark", ONCE).with("library", "jobrunr"));

  private Suite() {}
}
