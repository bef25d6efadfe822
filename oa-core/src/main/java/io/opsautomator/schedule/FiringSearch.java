package io.opsautomator.schedule;

import io.opsautomator.schedule.DstRule.Gap;
import io.opsautomator.schedule.DstRule.Overlap;

/**
 * Turns matching wall times of a cron expression into instants, period of constant offset by
 * period.
 *
 * <p>Of each period only a part of its wall times counts. Where clocks went back, one stretch of
 * wall times belongs to two periods, and for fixed times the rule takes it from the later or the
 * earlier one. Where clocks went forward, a stretch belongs to none, and if it holds a match and
 * the rule shifts, the instant of the change is a firing: once, however many matches the gap holds,
 * and once, too, if a regular match falls on that instant.
 *
 * <p>Works on seconds since 1970-01-01T00:00Z and on local minutes; allocates nothing.
 */
final class FiringSearch {
  static final long NONE = CronExpression.NONE;

  /** Some years outside the ones searched, at either end; keeps sums from overflowing. */
  private static final long FAR = 400_000_000_000L;

  private final CronExpression cron;
  private final ZoneTimeline zone;
  private final boolean shifts;
  private final boolean skipsFirst;
  private final boolean skipsSecond;

  FiringSearch(CronExpression cron, ZoneTimeline zone, DstRule rule) {
    boolean fixed = !cron.isInterval();
    this.cron = cron;
    this.zone = zone;
    this.shifts = fixed && rule.gap() == Gap.SHIFT;
    this.skipsFirst = fixed && rule.overlap() == Overlap.SECOND;
    this.skipsSecond = fixed && rule.overlap() == Overlap.FIRST;
  }

  /** The first firing after this second, or {@link #NONE}. */
  long after(long instant) {
    long second = Math.max(-FAR, Math.min(instant, FAR));
    int period = zone.periodAt(second);
    long from = Math.max(minuteAt(second, period) + 1, firstWall(period));
    long wall = cron.nextMinute(from);
    long horizon = Math.max(second, zone.settledAt()) + ZoneTimeline.CYCLE;
    while (wall != NONE && wall > lastWall(period)) {
      period++;
      if (zone.start(period) > horizon) {
        return NONE;
      }
      long first = firstWall(period);
      if (wall < first && fallsInGap(wall, period)) {
        return zone.start(period);
      }
      if (wall < first || first < from) {
        from = first;
        wall = cron.nextMinute(from);
      }
    }
    return wall == NONE ? NONE : wall * 60 - zone.offset(period);
  }

  /** The last firing at or before this second, or the negated {@link #NONE}. */
  long upTo(long instant) {
    long second = Math.max(-FAR, Math.min(instant, FAR));
    int period = zone.periodAt(second);
    long upTo = Math.min(minuteAt(second, period), lastWall(period));
    long wall = cron.previousMinute(upTo);
    while (wall != -NONE && wall < firstWall(period)) {
      if (fallsInGap(wall, period)) {
        return zone.start(period);
      }
      period--;
      long last = lastWall(period);
      if (wall > last || last > upTo) {
        upTo = last;
        wall = cron.previousMinute(upTo);
      }
    }
    return wall == -NONE ? -NONE : wall * 60 - zone.offset(period);
  }

  private long minuteAt(long second, int period) {
    return Math.floorDiv(second + zone.offset(period), 60L);
  }

  /** The first local minute of the period that counts. */
  private long firstWall(int period) {
    if (period == 0) {
      return -NONE;
    }
    int before = zone.offset(period - 1);
    int offset = zone.offset(period);
    return minuteFrom(zone.start(period) + (skipsSecond ? Math.max(before, offset) : offset));
  }

  /** The last local minute of the period that counts. */
  private long lastWall(int period) {
    if (!zone.exists(period + 1)) {
      return NONE;
    }
    int offset = zone.offset(period);
    int after = zone.offset(period + 1);
    return minuteFrom(zone.start(period + 1) + (skipsFirst ? Math.min(offset, after) : offset)) - 1;
  }

  /** Whether a wall time before this period falls in the gap it begins with, and counts. */
  private boolean fallsInGap(long wall, int period) {
    if (!shifts || period == 0) {
      return false;
    }
    long start = zone.start(period);
    return wall >= minuteFrom(start + zone.offset(period - 1))
        && wall < minuteFrom(start + zone.offset(period));
  }

  private static long minuteFrom(long second) {
    return -Math.floorDiv(-second, 60L);
  }
}
