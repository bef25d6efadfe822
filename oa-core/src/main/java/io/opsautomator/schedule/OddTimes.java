package io.opsautomator.schedule;

import io.opsautomator.schedule.DstMark.Kind;
import io.opsautomator.schedule.DstRule.Gap;
import java.time.LocalTime;

/**
 * Tells what a change of the clocks has done to the firings of a cron schedule. Arithmetic on the
 * periods of {@link ZoneTimeline}; times are seconds since 1970-01-01T00:00Z.
 */
final class OddTimes {
  static final long NONE = Long.MAX_VALUE;
  private static final int SECONDS_PER_DAY = 86_400;

  private final CronExpression cron;
  private final ZoneTimeline zone;
  private final boolean fixed;
  private final Gap gap;

  OddTimes(Schedule.Cron schedule) {
    this.cron = schedule.expression();
    this.zone = ZoneTimeline.of(schedule.zone());
    this.fixed = !cron.isInterval();
    this.gap = schedule.dst().gap();
  }

  /** What is odd about a firing at this second. */
  DstMark of(long firing) {
    int period = zone.periodAt(firing);
    if (period > 0) {
      int change = zone.offset(period) - zone.offset(period - 1);
      if (change < 0 && firing < zone.start(period) - change) {
        return new DstMark(Kind.SECOND_OF_TWO, clock(firing + zone.offset(period)));
      }
      if (change > 0 && firing == zone.start(period) && shifts()) {
        long meant = firstInGap(period);
        return meant == NONE ? DstMark.NONE : new DstMark(Kind.SHIFTED, clock(meant));
      }
    }
    if (zone.exists(period + 1)) {
      int change = zone.offset(period + 1) - zone.offset(period);
      if (change < 0 && firing >= zone.start(period + 1) + change) {
        return new DstMark(Kind.FIRST_OF_TWO, clock(firing + zone.offset(period)));
      }
    }
    return DstMark.NONE;
  }

  private boolean shifts() {
    return fixed && gap == Gap.SHIFT;
  }

  /**
   * The next change of the clocks, in {@code (after, upTo]}, that makes a time be skipped; {@link
   * #NONE} if there is none.
   */
  long nextSkip(long after, long upTo) {
    if (!fixed || gap != Gap.SKIP) {
      return NONE;
    }
    for (int period = zone.periodAt(after) + 1;
        zone.exists(period) && zone.start(period) <= upTo;
        period++) {
      if (firstInGap(period) != NONE) {
        return zone.start(period);
      }
    }
    return NONE;
  }

  /** What {@link #nextSkip} found. */
  DstMark skipped(long change) {
    return new DstMark(Kind.SKIPPED, clock(firstInGap(zone.periodAt(change))));
  }

  /** The first matching wall time that is left out where a period begins, in local seconds. */
  private long firstInGap(int period) {
    long start = zone.start(period);
    long first = -Math.floorDiv(-(start + zone.offset(period - 1)), 60L);
    long meant = cron.nextMinute(first);
    return meant != CronExpression.NONE && meant * 60 < start + zone.offset(period)
        ? meant * 60
        : NONE;
  }

  private static LocalTime clock(long localSecond) {
    return LocalTime.ofSecondOfDay(Math.floorMod(localSecond, SECONDS_PER_DAY));
  }
}
