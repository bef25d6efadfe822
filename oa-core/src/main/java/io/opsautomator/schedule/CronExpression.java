package io.opsautomator.schedule;

import io.opsautomator.InvalidExpressionException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/**
 * An expression of the Ops Automator cron dialect, compiled. Immutable, thread-safe; knows
 * calendars, not zones. Two expressions are equal when their texts are.
 *
 * <p>Five fields, separated by exactly one blank: {@code minute hour day-of-month month
 * day-of-week}, or one of {@code @yearly @monthly @weekly @daily @hourly}. All five must match:
 * {@code 0 0 13 * fri} is Friday the 13th only. Weekday numbers count from 0 = Monday. A day that a
 * month lacks never matches in it. The resolution is one minute; years 1 to 9999 are searched.
 *
 * <p>It is kept as bit sets of times ({@link TimeSet}) and days ({@link DaySet}), and a search goes
 * from the wanted minute to the next set bit: the day, else the rest of its month, else the next
 * listed month. No step allocates, and an expression that can never match is known as such from the
 * start, so no search runs in vain.
 */
public final class CronExpression {
  /** No such minute; greater, negated less, than every other. */
  static final long NONE = Long.MAX_VALUE;

  private static final int SEARCHED_DAYS = 28 * 366;
  private static final int START_OF_SEARCH = (int) LocalDate.of(2001, 1, 1).toEpochDay();

  private final String text;
  private final TimeSet times;
  private final DaySet days;
  private final boolean everyDay;
  private final int notes;

  CronExpression(String text, TimeSet times, DaySet days, int notes) {
    this.text = text;
    this.times = times;
    this.days = days;
    this.everyDay = days.isEveryDay();
    this.notes = notes;
  }

  /**
   * Compiles an expression.
   *
   * @throws InvalidExpressionException if it is malformed, with a caret under the first fault
   */
  public static CronExpression parse(String expression) {
    return CronParser.parse(expression);
  }

  /** The first matching minute strictly after {@code time}; empty if there is none. */
  public Optional<LocalDateTime> nextAfter(LocalDateTime time) {
    return dateTime(nextMinute(minute(time) + 1));
  }

  /** The last matching minute that begins strictly before {@code time}; empty if there is none. */
  public Optional<LocalDateTime> previousBefore(LocalDateTime time) {
    boolean withinMinute = time.getSecond() != 0 || time.getNano() != 0;
    return dateTime(previousMinute(withinMinute ? minute(time) : minute(time) - 1));
  }

  /** Whether the minute that holds {@code time} matches. */
  public boolean matches(LocalDateTime time) {
    long minute = minute(time);
    long day = Math.floorDiv(minute, (long) Civil.MINUTES_PER_DAY);
    return day >= Civil.FIRST_DAY
        && day <= Civil.LAST_DAY
        && times.contains((int) (minute - day * Civil.MINUTES_PER_DAY))
        && isMatchingDay((int) day);
  }

  /** Whether this minute matches: for who asks many expressions about the same one. */
  public boolean matches(LocalMinute minute) {
    return times.contains(minute) && days.contains(minute);
  }

  /**
   * Why the minute that holds {@code time} does not match, one sentence for each field, such as
   * {@code the hour is 14, and the schedule wants 8-9}; empty if it matches.
   */
  public List<String> mismatches(LocalDateTime time) {
    return CronMismatch.of(this, time);
  }

  /**
   * Whether the hour field has a wildcard or a step. Such an expression means "every so often" and
   * fires at every real occurrence; any other means times on the clock. {@code 9-17} is the latter.
   */
  public boolean isInterval() {
    return (notes & CronParser.INTERVAL) != 0;
  }

  /** Whether any date ever matches: {@code 0 0 30 2 *} cannot. */
  public boolean canFire() {
    return days.possible();
  }

  /**
   * The least time on the clock between two firings, for a rule such as "at most every hour"; empty
   * if it never fires.
   */
  public Optional<Duration> shortestInterval() {
    if (!canFire()) {
      return Optional.empty();
    }
    int overnight = shortestDayGap() * Civil.MINUTES_PER_DAY + times.first() - times.last();
    return Optional.of(Duration.ofMinutes(Math.min(times.shortestGap(), overnight)));
  }

  /** What is allowed and yet often not meant, in plain words; empty if nothing is. */
  public List<String> warnings() {
    return CronWarnings.of(this);
  }

  /** The text it was parsed from. */
  @Override
  public String toString() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CronExpression that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  TimeSet times() {
    return times;
  }

  DaySet days() {
    return days;
  }

  boolean has(int note) {
    return (notes & note) != 0;
  }

  /**
   * The first matching minute at or after {@code from}, both in local minutes since 1970-01-01
   * 00:00, or {@link #NONE}.
   */
  long nextMinute(long from) {
    if (!days.possible() || from >= (Civil.LAST_DAY + 1L) * Civil.MINUTES_PER_DAY) {
      return NONE;
    }
    long start = Math.max(from, (long) Civil.FIRST_DAY * Civil.MINUTES_PER_DAY);
    int day = (int) Math.floorDiv(start, (long) Civil.MINUTES_PER_DAY);
    int time = times.from((int) (start - (long) day * Civil.MINUTES_PER_DAY));
    int found = nextDay(time == TimeSet.NONE ? day + 1 : day);
    if (found > Civil.LAST_DAY) {
      return NONE;
    }
    return (long) found * Civil.MINUTES_PER_DAY + (found == day ? time : times.first());
  }

  /** The last matching minute at or before {@code upTo}, or the negated {@link #NONE}. */
  long previousMinute(long upTo) {
    if (!days.possible() || upTo < (long) Civil.FIRST_DAY * Civil.MINUTES_PER_DAY) {
      return -NONE;
    }
    long start = Math.min(upTo, (Civil.LAST_DAY + 1L) * Civil.MINUTES_PER_DAY - 1);
    int day = (int) Math.floorDiv(start, (long) Civil.MINUTES_PER_DAY);
    int time = times.upTo((int) (start - (long) day * Civil.MINUTES_PER_DAY));
    int found = previousDay(time == TimeSet.NONE ? day - 1 : day);
    if (found < Civil.FIRST_DAY) {
      return -NONE;
    }
    return (long) found * Civil.MINUTES_PER_DAY + (found == day ? time : times.last());
  }

  private boolean isMatchingDay(int day) {
    int monthAndDay = Civil.monthAndDay(day);
    int dayOfMonth = monthAndDay & 31;
    return ((days.in(monthAndDay >> 5, day - dayOfMonth + 1) >>> dayOfMonth) & 1) != 0;
  }

  /** The first matching day at or after {@code day}; one after the last year if there is none. */
  private int nextDay(int day) {
    if (everyDay || day > Civil.LAST_DAY) {
      return day;
    }
    int monthAndDay = Civil.monthAndDay(day);
    int month = monthAndDay >> 5;
    int first = day - (monthAndDay & 31) + 1;
    int matching = days.in(month, first) & (-1 << (monthAndDay & 31));
    while (matching == 0) {
      month = days.monthFrom(month + 1);
      if (month > Civil.LAST_MONTH) {
        return Civil.LAST_DAY + 1;
      }
      first = Civil.firstDay(month);
      matching = days.in(month, first);
    }
    return first - 1 + Integer.numberOfTrailingZeros(matching);
  }

  private int previousDay(int day) {
    if (everyDay || day < Civil.FIRST_DAY) {
      return day;
    }
    int monthAndDay = Civil.monthAndDay(day);
    int month = monthAndDay >> 5;
    int first = day - (monthAndDay & 31) + 1;
    int matching = days.in(month, first) & ((2 << (monthAndDay & 31)) - 1);
    while (matching == 0) {
      month = days.monthUpTo(month - 1);
      if (month < Civil.FIRST_MONTH) {
        return Civil.FIRST_DAY - 1;
      }
      first = Civil.firstDay(month);
      matching = days.in(month, first);
    }
    return first + 30 - Integer.numberOfLeadingZeros(matching);
  }

  /** In 28 years every kind of year meets every other, so nothing shorter is to come. */
  private int shortestDayGap() {
    int shortest = Integer.MAX_VALUE;
    int day = nextDay(START_OF_SEARCH);
    while (shortest > 1 && day < START_OF_SEARCH + SEARCHED_DAYS) {
      int next = nextDay(day + 1);
      shortest = Math.min(shortest, next - day);
      day = next;
    }
    return shortest;
  }

  private static long minute(LocalDateTime time) {
    LocalTime clock = time.toLocalTime();
    return time.toLocalDate().toEpochDay() * Civil.MINUTES_PER_DAY
        + clock.getHour() * 60L
        + clock.getMinute();
  }

  private static Optional<LocalDateTime> dateTime(long minute) {
    if (minute == NONE || minute == -NONE) {
      return Optional.empty();
    }
    long day = Math.floorDiv(minute, (long) Civil.MINUTES_PER_DAY);
    int time = (int) (minute - day * Civil.MINUTES_PER_DAY);
    return Optional.of(LocalDate.ofEpochDay(day).atTime(time / 60, time % 60));
  }
}
