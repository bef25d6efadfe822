package io.opsautomator.benchmarks.cron;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What all libraries are asked: seven expressions that all of them can read, in a zone that changes
 * its clocks, about random minutes of a year.
 */
final class Workload {
  static final List<String> EXPRESSIONS =
      List.of(
          "* * * * ?",
          "0/15 * * * ?",
          "30 8 ? * MON-FRI",
          "0 9-17 ? * MON-FRI",
          "0 0 1 * ?",
          "0,10,25,40 1,5,13,21 * * ?",
          "0 4 1 JAN,APR,JUL,OCT ?");

  static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");

  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final int MINUTES_OF_A_YEAR = 365 * 24 * 60;

  private Workload() {}

  /** Random minutes, in seconds since 1970-01-01T00:00Z; the same for everybody who asks. */
  static long[] minutes(int count) {
    SplittableRandom random = new SplittableRandom(1);
    return random
        .ints(count, 0, MINUTES_OF_A_YEAR)
        .mapToLong(minute -> FROM.getEpochSecond() + 60L * minute)
        .toArray();
  }
}
