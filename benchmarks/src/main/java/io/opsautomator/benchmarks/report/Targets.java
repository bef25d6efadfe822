package io.opsautomator.benchmarks.report;

import io.opsautomator.benchmarks.report.Results.Figure;
import java.util.List;

/** What we want of the figures. */
final class Targets {
  private static final String MEMORY = "DispatchBenchmark.run:8,memory";
  private static final String SQLITE = "DispatchBenchmark.run:8,sqlite";

  static final List<Target> ALL =
      List.of(
          cron("1", "next firing in a named zone, beside Spring", "next", "spring", 8),
          cron("1", "next firing in a named zone, beside JobRunr", "next", "jobrunr", 2.5),
          Target.atMost(
              "1", "next firing: allocated", Figure.BYTES, "CronBenchmark.next:ours", 0.1, "B"),
          cron("2", "reading an expression, beside Spring", "parse", "spring", 6),
          Target.atMost(
              "3", "match with tick fields", Figure.CPU, "CronMinuteBenchmark.match", 5, "ns"),
          minute("beside JobRunr", "jobrunr", 40),
          minute("beside Spring", "spring", 150),
          Target.atMost("4", "tag filter", Figure.CPU, "FilterBenchmark.match:ours", 50, "ns"),
          filter("beside SpEL, compiled", "spel-compiled"),
          filter("beside MVEL, compiled", "mvel"),
          Target.atMost(
              "4", "tag filter over columns", Figure.CPU, "ColumnsBenchmark.columns", 12, "ns"),
          Target.atMost(
              "4",
              "tag filter over columns: allocated",
              Figure.BYTES,
              "ColumnsBenchmark.columns",
              0.1,
              "B"),
          permit("beside clock and semaphore", "1", "floor"),
          permit("beside clock and map", "10000", "floor"),
          Target.times(
              "5",
              "permit, 10 000 keys, beside Resilience4j",
              "PermitBenchmark.take:10000,ours",
              "PermitBenchmark.take:10000,resilience4j-rate",
              4),
          Target.atMost(
              "5",
              "permit, 10 000 keys: allocated",
              Figure.BYTES,
              "PermitBenchmark.take:10000,ours",
              0.1,
              "B"),
          Target.atLeast("6", "dispatch in memory", Figure.SCORE, MEMORY, 3_000_000, "/s"),
          Target.atMost("6", "dispatch in memory: allocated", Figure.BYTES, MEMORY, 100, "B"),
          dispatch("beside Failsafe, asynchronous", "failsafe-async", 5),
          dispatch("beside Failsafe, synchronous", "failsafe-sync", 1.5),
          dispatch("beside Quartz in memory", "quartz", 100),
          Target.atLeast("7", "dispatch on SQLite", Figure.SCORE, SQLITE, 15_000, "/s"),
          Target.moreOften(
              "7",
              "dispatch on SQLite, beside db-scheduler on H2 in memory",
              SQLITE,
              "StoredJobsBenchmark.run:db-scheduler",
              10),
          Target.atMost(
              "8",
              "a minute of 100 000 tasks",
              Figure.CPU,
              "TickBenchmark.tick:ours,100000",
              60_000,
              "ns"),
          tick("beside Quartz in memory", "quartz", 20),
          tick("beside db-scheduler on H2 in memory", "db-scheduler", 300),
          Target.atMost(
              "8", "taking in a task", Figure.CPU, "RegisterBenchmark.register:ours", 1000, "ns"),
          Target.atMost(
              "8",
              "100 000 firings of a day missed",
              Figure.SCORE,
              "CatchUpBenchmark.catchUp:ours,100000",
              100,
              "ms"));

  private Targets() {}

  private static Target cron(String row, String what, String method, String peer, double least) {
    String name = "CronBenchmark." + method + ":";
    return Target.times(row, what, name + "ours", name + peer, least);
  }

  private static Target minute(String beside, String peer, double least) {
    return Target.times(
        "3",
        "match with tick fields, " + beside,
        "CronMinuteBenchmark.match",
        "CronBenchmark.match:" + peer,
        least);
  }

  private static Target filter(String beside, String peer) {
    String name = "FilterBenchmark.match:";
    return Target.times("4", "tag filter, " + beside, name + "ours", name + peer, 2);
  }

  private static Target permit(String beside, String keys, String peer) {
    String name = "PermitBenchmark.take:" + keys + ",";
    double most = keys.equals("1") ? 1.3 : 1.5;
    return Target.within(
        "5", "permit, keys: " + keys + ", " + beside, name + "ours", name + peer, most);
  }

  private static Target tick(String beside, String peer, double least) {
    return Target.times(
        "8",
        "a minute of 100 000 tasks, " + beside,
        "TickBenchmark.tick:ours,100000",
        "TickBenchmark.tick:" + peer + ",100000",
        least);
  }

  /** By the processor time of the process: what is on the clock depends on who else is there. */
  private static Target dispatch(String beside, String peer, double least) {
    return Target.times(
            "6", "dispatch in memory, " + beside, MEMORY, "JobsBenchmark.run:" + peer, least)
        .by(Figure.PROCESS);
  }
}
