package io.opsautomator.schedule;

import java.time.LocalDate;
import java.time.LocalDateTime;

/**
 * A minute on the clocks of some place, taken apart: which bits of an expression's fields it stands
 * for. Who asks many expressions about one minute takes it apart once and calls {@link
 * CronExpression#matches(LocalMinute)} for each, which then costs a few nanoseconds.
 *
 * <p>The bits are those of {@link TimeSet} and {@link DaySet}. Immutable, thread-safe.
 */
public final class LocalMinute {
  private static final int WEEK = 7;

  final long minute;
  final int hour;

  /** Zero in the years in which nothing is looked for. */
  final int month;

  /** The day of the month, with the bit of the last day if it is that. */
  final int days;

  /** Each n whose nearest working day it is. */
  final int nearest;

  /** The day of the week: any such day, the nth of its month, and the last if it is that. */
  final long weekdays;

  private LocalMinute(LocalDateTime time) {
    LocalDate date = time.toLocalDate();
    int day = date.getDayOfMonth();
    int length = date.lengthOfMonth();
    int weekday = date.getDayOfWeek().getValue() - 1;
    this.minute = 1L << time.getMinute();
    this.hour = 1 << time.getHour();
    this.month = date.getYear() < 1 || date.getYear() > 9999 ? 0 : 1 << date.getMonthValue();
    this.days = 1 << day | (day == length ? 1 << DaySet.LAST_DAY_BIT : 0);
    this.nearest = nearest(day, length, weekday);
    this.weekdays = weekdays(day, length, weekday);
  }

  /** The minute that holds this time. */
  public static LocalMinute of(LocalDateTime time) {
    return new LocalMinute(time);
  }

  private static int nearest(int day, int length, int weekday) {
    int firstWeekday = Math.floorMod(weekday - (day - 1), WEEK);
    int bits = 0;
    for (int n = Math.max(1, day - 2); n <= Math.min(length, day + 2); n++) {
      if (DaySet.nearestWorkday(n, length, firstWeekday) == day) {
        bits |= 1 << n;
      }
    }
    return bits;
  }

  private static long weekdays(int day, int length, int weekday) {
    int nth = (day - 1) / WEEK + 1;
    long bits = 1L << weekday | 1L << (WEEK * nth + weekday);
    boolean last = day > length - WEEK;
    return last ? bits | 1L << (WEEK * DaySet.LAST_WEEKDAY_GROUP + weekday) : bits;
  }
}
