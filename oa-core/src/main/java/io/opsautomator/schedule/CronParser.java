package io.opsautomator.schedule;

import io.opsautomator.InvalidExpressionException;

/**
 * Reads a cron expression in one pass from left to right into the bit sets of {@link TimeSet} and
 * {@link DaySet}. Used once.
 *
 * <p>A field is a comma list of items: a wildcard, a value, a range {@code a-b}, either with a step
 * {@code /n}, or a form of its own ({@code 15W}, {@code mon#2}, {@code friL}). A wildcard makes
 * what follows it in the field meaningless; existing expressions have such remains, so they are
 * skipped unread, and noted.
 *
 * <p>Numbers and names do not mix in one range ({@code 9-5pm} would hide a mistake), whereas the
 * first and last symbols go with names, and in fields without names with numbers.
 */
final class CronParser {
  /** The hour field has a wildcard or a step: the schedule is an interval, not fixed times. */
  static final int INTERVAL = 1;

  static final int NUMERIC_WEEKDAY = 2;
  static final int SIXTH_FIELD = 4;
  static final int UNREAD_ITEMS = 8;

  /** {@code L} in the day field, a value no number has; in a range cut to the month's length. */
  static final int LAST_DAY = 99;

  private final CronScanner in;
  private int nearest;
  private int notes;

  private CronParser(String expression) {
    this.in = new CronScanner(expression);
  }

  static CronExpression parse(String expression) {
    String fields = expression.startsWith("@") ? expanded(expression) : expression;
    CronParser parser = new CronParser(fields);
    long minutes = parser.field(CronField.MINUTE);
    int hours = (int) parser.field(CronField.HOUR);
    int days = (int) parser.field(CronField.DAY);
    int months = (int) parser.field(CronField.MONTH);
    long weekdays = parser.field(CronField.WEEKDAY);
    parser.sixthField();
    return new CronExpression(
        expression,
        new TimeSet(minutes, hours),
        new DaySet(days, parser.nearest, months, weekdays),
        parser.notes);
  }

  private static String expanded(String macro) {
    return switch (macro) {
      case "@yearly" -> "0 0 1 1 *";
      case "@monthly" -> "0 0 1 * *";
      case "@weekly" -> "0 0 * * mon";
      case "@daily" -> "0 0 * * *";
      case "@hourly" -> "0 * * * *";
      default ->
          throw new InvalidExpressionException(
              macro,
              0,
              "\"" + macro + "\" is none of @yearly, @monthly, @weekly, @daily and @hourly");
    };
  }

  private long field(CronField field) {
    in.openField();
    long set = 0;
    while (true) {
      set |= item(field);
      if (in.atEndOfField()) {
        return set;
      }
      if (!in.skip(',')) {
        throw in.fault(in.position(), field.label + ": the item should have ended here");
      }
    }
  }

  private long item(CronField field) {
    int start = in.position();
    int wildcards = in.skipWildcards();
    if (in.peek() == '/') {
      return stepped(field, field.min, field.max);
    }
    if (wildcards == 1 && in.atEndOfItem()) {
      return all(field);
    }
    if (wildcards > 0) {
      throw in.fault(start, "a wildcard stands alone, or before a step: * or */15");
    }
    return valueItem(field, start);
  }

  private long all(CronField field) {
    if (field == CronField.HOUR) {
      notes |= INTERVAL;
    }
    if (!in.atEndOfField()) {
      notes |= UNREAD_ITEMS;
      in.skipField();
    }
    return (2L << field.max) - (1L << field.min);
  }

  private long valueItem(CronField field, int start) {
    CronValue low = in.value(field);
    if (field == CronField.WEEKDAY && low.isNumber()) {
      notes |= NUMERIC_WEEKDAY;
    }
    return switch (in.peek()) {
      case '-' -> range(field, start, low);
      case '/' -> stepped(field, low.value(), field == CronField.DAY ? LAST_DAY : field.max);
      case 'W', '#', 'L' -> special(field, start, low);
      default -> bits(field, low.value(), low.value(), 1);
    };
  }

  private long range(CronField field, int start, CronValue low) {
    in.skip('-');
    int second = in.position();
    CronValue high = in.value(field);
    if (!low.goesWith(high, field)) {
      throw in.fault(second, "a range has two numbers or two names, not one of each");
    }
    boolean backwards = low.value() > high.value();
    if (backwards && !field.wraps) {
      throw backwards(field, start, low, high);
    }
    return in.peek() == '/'
        ? stepped(field, low.value(), high.value())
        : bits(field, low.value(), high.value(), 1);
  }

  private InvalidExpressionException backwards(
      CronField field, int start, CronValue low, CronValue high) {
    String advice =
        low.value() == LAST_DAY
            ? "nothing comes after the last day"
            : "write " + low.value() + "-" + field.max + "," + field.min + "-" + high.value();
    return in.fault(start, field.label + ": a range does not run backwards; " + advice);
  }

  private long stepped(CronField field, int low, int high) {
    in.skip('/');
    int start = in.position();
    int step = in.number();
    if (step == 0) {
      throw in.fault(start, "a step is at least 1");
    }
    if (field == CronField.HOUR) {
      notes |= INTERVAL;
    }
    return bits(field, low, high, step);
  }

  /**
   * The bits of every {@code step}th value from low to high, past the end of the field if low >
   * high.
   */
  private static long bits(CronField field, int low, int high, int step) {
    if (low == LAST_DAY) {
      return 1L << DaySet.LAST_DAY_BIT;
    }
    int span = field.max - field.min + 1;
    int end = low <= high ? Math.min(high, field.max) : high + span;
    long bits = 0;
    for (int value = low; value <= end; value += step) {
      bits |= 1L << (value > field.max ? value - span : value);
    }
    return bits;
  }

  private long special(CronField field, int start, CronValue value) {
    char form = in.peek();
    if (field == CronField.DAY && form == 'W' && value.isNumber()) {
      in.skip('W');
      nearest |= 1 << value.value();
      return 0;
    }
    boolean weekday = field == CronField.WEEKDAY && !value.isLast();
    if (weekday && in.skip('#')) {
      return 1L << (7 * occurrence() + value.value());
    }
    if (weekday && in.skip('L')) {
      return 1L << (7 * DaySet.LAST_WEEKDAY_GROUP + value.value());
    }
    throw in.fault(start, field.label + ": allowed are " + field.allowed());
  }

  private int occurrence() {
    int start = in.position();
    int n = in.number();
    if (n < 1 || n > 5) {
      throw in.fault(start, "a month has a 1st to 5th of a weekday: #1-#5");
    }
    return n;
  }

  private void sixthField() {
    if (in.atEnd()) {
      return;
    }
    in.openField();
    int start = in.position();
    if (in.skipWildcards() != 1 || !in.atEndOfField() || !in.atEnd()) {
      throw in.fault(start, "a schedule has five fields; a sixth may only be * or ?");
    }
    notes |= SIXTH_FIELD;
  }
}
