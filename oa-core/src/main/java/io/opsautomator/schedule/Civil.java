package io.opsautomator.schedule;

/**
 * Calendar arithmetic on plain ints: days since 1970-01-01 ("epoch days") and months counted from
 * January of year 0 ("{@code month = year * 12 + monthOfYear - 1}").
 *
 * <p>It exists because a search that allocates a date per step is ten times slower. Valid from year
 * 1 to 9999, the years in which schedules are looked at.
 */
final class Civil {
  static final int MINUTES_PER_DAY = 24 * 60;
  static final int FIRST_DAY = -719_162; // 0001-01-01
  static final int LAST_DAY = 2_932_896; // 9999-12-31
  static final int FIRST_MONTH = 12; // January of year 1
  static final int LAST_MONTH = 9999 * 12 + 11;

  /** From 0000-03-01 to 1970-01-01; counted from March, the leap day ends a year. */
  private static final int MARCH_EPOCH = 719_468;

  private static final int DAYS_PER_4_YEARS = 1461;
  private static final int DAYS_PER_400_YEARS = 146_097;

  private Civil() {}

  /** The month and the day in it as {@code month * 32 + day}. */
  static int monthAndDay(int epochDay) {
    int sinceMarch = epochDay + MARCH_EPOCH;
    int century = (4 * sinceMarch + 3) / DAYS_PER_400_YEARS;
    int dayOfCentury = sinceMarch - century * DAYS_PER_400_YEARS / 4;
    int yearOfCentury = (4 * dayOfCentury + 3) / DAYS_PER_4_YEARS;
    int dayOfYear = dayOfCentury - yearOfCentury * DAYS_PER_4_YEARS / 4;
    int monthOfYear = (5 * dayOfYear + 2) / 153; // 0 = March; five months have 153 days
    int day = dayOfYear - (153 * monthOfYear + 2) / 5 + 1;
    return ((100 * century + yearOfCentury) * 12 + monthOfYear + 2) * 32 + day;
  }

  /** The epoch day of the first of a month. */
  static int firstDay(int month) {
    int sinceMarch = month - 2;
    int year = sinceMarch / 12;
    int daysBeforeYear = 365 * year + year / 4 - year / 100 + year / 400;
    return daysBeforeYear + (153 * (sinceMarch - year * 12) + 2) / 5 - MARCH_EPOCH;
  }

  static int length(int month) {
    int monthOfYear = month % 12;
    if (monthOfYear == 1) {
      return isLeap(month / 12) ? 29 : 28;
    }
    return 30 + ((monthOfYear + (monthOfYear < 7 ? 1 : 0)) & 1);
  }

  /** 0 = Monday. */
  static int weekday(int epochDay) {
    return (epochDay + MARCH_EPOCH + 2) % 7;
  }

  private static boolean isLeap(int year) {
    return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
  }
}
