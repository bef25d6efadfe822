package io.opsautomator.benchmarks.cron;

import java.time.ZoneId;
import java.util.Arrays;

/**
 * A library that reads cron expressions. Those of {@link Workload} mean the same in all of them,
 * once a field for seconds stands before.
 */
interface CronLibrary {
  /** Its names on the command line and in results. */
  static CronLibrary named(String name) {
    return switch (name) {
      case "ours" -> new Ours();
      case "jobrunr" -> new JobRunr();
      case "spring" -> new Spring();
      case "quartz" -> new Quartz();
      case "cron-utils" -> new CronUtils();
      case "db-scheduler" -> new DbScheduler();
      default -> throw new IllegalArgumentException("no cron library is called " + name);
    };
  }

  /** An expression of our dialect as this library wants it written. */
  default String written(String expression) {
    return "0 " + expression;
  }

  /** Reads an expression, written for this library, and does nothing with it. */
  Object parse(String expression);

  /** Reads such an expression that will be asked about these minutes, in any order. */
  Firings firings(String expression, ZoneId zone, long[] minutes);

  /** An expression in a zone, with the instants to ask it about in the library's own types. */
  interface Firings {
    /** The first firing after the {@code i}th minute, in seconds since 1970-01-01T00:00Z. */
    long next(int i);

    /** Whether it fires at the {@code i}th minute. */
    boolean matches(int i);
  }

  /** The last second before each minute: where a library is asked that only knows "next". */
  static long[] secondsBefore(long[] minutes) {
    return Arrays.stream(minutes).map(second -> second - 1).toArray();
  }
}
