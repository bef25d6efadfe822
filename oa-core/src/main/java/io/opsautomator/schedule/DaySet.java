package io.opsautomator.schedule;

/**
 * The days at which a cron expression matches: those that satisfy the day-of-month, the month and
 * the day-of-week field all at once.
 *
 * <p>What a field selects depends on a month's length and first weekday only, so one month is
 * answered as a whole, as a set of bits (bit 1 = the first), with a few shifts. Days that a month
 * lacks are cut off: {@code 1-31} is every day of every month, {@code 31W} is nothing in April.
 *
 * <p>Encodings: {@code days} has bits 1 to 31, and bit 0 for the last day; {@code nearest} has a
 * bit for each n of {@code nW}; {@code months} bits 1 to 12; {@code weekdays} holds seven groups of
 * seven bits (Monday lowest): any such day, the 1st to the 5th of the month, the last.
 */
final class DaySet {
  static final int LAST_DAY_BIT = 0;
  static final int LAST_WEEKDAY_GROUP = 6;

  private static final int ALL_DAYS = -2;
  private static final int ALL_MONTHS = 0x1ffe;
  private static final int WEEK = 0x7f;
  private static final long EVERY_WEEK = 1L | (1L << 7) | (1L << 14) | (1L << 21) | (1L << 28);

  private final int days;
  private final int nearest;
  private final int months;
  private final long weekdays;
  private final boolean possible;

  DaySet(int days, int nearest, int months, long weekdays) {
    this.days = days;
    this.nearest = nearest;
    this.months = months;
    this.weekdays = weekdays;
    this.possible = isPossible();
  }

  /** Whether some month of some year has such a day. */
  boolean possible() {
    return possible;
  }

  boolean isEveryDay() {
    return months == ALL_MONTHS && !limitsDayOfMonth() && !limitsWeekday();
  }

  boolean limitsDayOfMonth() {
    return (days | 1) != (ALL_DAYS | 1);
  }

  boolean limitsWeekday() {
    return (weekdays & WEEK) != WEEK;
  }

  long weekdays() {
    return weekdays;
  }

  boolean contains(LocalMinute minute) {
    return (months & minute.month) != 0
        && ((days & minute.days) | (nearest & minute.nearest)) != 0
        && (weekdays & minute.weekdays) != 0;
  }

  /** The matching days of a month (see {@link Civil}) that begins on the given epoch day. */
  int in(int month, int firstDay) {
    return isListed(month) ? matching(Civil.length(month), Civil.weekday(firstDay)) : 0;
  }

  /** The first listed month at or after this one. */
  int monthFrom(int month) {
    int year = month / 12;
    int later = months & (-2 << (month - year * 12));
    return later != 0
        ? year * 12 + Integer.numberOfTrailingZeros(later) - 1
        : year * 12 + 11 + Integer.numberOfTrailingZeros(months);
  }

  /** The last listed month at or before this one. */
  int monthUpTo(int month) {
    int year = month / 12;
    int earlier = months & ((4 << (month - year * 12)) - 1);
    return earlier != 0
        ? year * 12 + 30 - Integer.numberOfLeadingZeros(earlier)
        : year * 12 + 18 - Integer.numberOfLeadingZeros(months);
  }

  private boolean isListed(int month) {
    return ((months >>> (month % 12 + 1)) & 1) != 0;
  }

  private int matching(int length, int firstWeekday) {
    int matching = daysOfMonth(length, firstWeekday);
    return limitsWeekday() ? matching & onWeekdays(length, firstWeekday) : matching;
  }

  boolean listsMonth(int monthOfYear) {
    return ((months >>> monthOfYear) & 1) != 0;
  }

  /** By the day-of-month field alone. */
  int daysOfMonth(int length, int firstWeekday) {
    int within = (2 << length) - 2;
    int matching = days & within;
    if ((days & (1 << LAST_DAY_BIT)) != 0) {
      matching |= 1 << length;
    }
    for (int rest = nearest & within; rest != 0; rest &= rest - 1) {
      matching |= 1 << nearestWorkday(Integer.numberOfTrailingZeros(rest), length, firstWeekday);
    }
    return matching;
  }

  /** By the day-of-week field alone. */
  int daysByWeekday(int length, int firstWeekday) {
    return limitsWeekday() ? onWeekdays(length, firstWeekday) : (2 << length) - 2;
  }

  private int onWeekdays(int length, int firstWeekday) {
    long matching = turned(0, firstWeekday) * EVERY_WEEK;
    if (weekdays >>> 7 != 0) {
      for (int nth = 1; nth <= 5; nth++) {
        matching |= (long) turned(nth, firstWeekday) << (7 * (nth - 1));
      }
      int lastWeek = length - 7;
      matching |= (long) turned(LAST_WEEKDAY_GROUP, (firstWeekday + lastWeek) % 7) << lastWeek;
    }
    return (int) (matching << 1) & ((2 << length) - 2);
  }

  /** A group of weekdays so turned that its lowest bit is the given weekday. */
  private int turned(int group, int weekday) {
    int bits = (int) (weekdays >>> (7 * group)) & WEEK;
    return ((bits >>> weekday) | (bits << (7 - weekday))) & WEEK;
  }

  /** Saturday yields to the Friday before, Sunday to the Monday after, inside the month. */
  static int nearestWorkday(int day, int length, int firstWeekday) {
    int weekday = (firstWeekday + day - 1) % 7;
    if (weekday == 5) {
      return day == 1 ? 3 : day - 1;
    }
    if (weekday == 6) {
      return day == length ? day - 2 : day + 1;
    }
    return day;
  }

  /** Every month begins on every weekday in some year, a leap February too: so this is exact. */
  private boolean isPossible() {
    for (int month = 0; month < 12; month++) {
      if (isListed(month) && (isPossible(Civil.length(month)) || (month == 1 && isPossible(28)))) {
        return true;
      }
    }
    return false;
  }

  private boolean isPossible(int length) {
    for (int firstWeekday = 0; firstWeekday < 7; firstWeekday++) {
      if (matching(length, firstWeekday) != 0) {
        return true;
      }
    }
    return false;
  }
}
