package io.opsautomator.benchmarks.tick;

import java.time.Instant;
import java.time.ZoneId;

/** Something that keeps schedules and says, minute by minute, what is due. */
interface Scheduler {
  /** Their names on the command line and in results. */
  static Scheduler named(String name) {
    return switch (name) {
      case "ours" -> new Ours();
      case "quartz" -> new Quartz();
      case "db-scheduler" -> new DbScheduler();
      default -> throw new IllegalArgumentException("no scheduler is called " + name);
    };
  }

  /**
   * Takes in a task that fires daily at this minute of the day, the first time after an instant.
   */
  void register(String task, int minuteOfDay, ZoneId zone, Instant after);

  /** Fires what is due by now, once each, and computes when it will be due again; how many. */
  int tick(Instant now);
}
