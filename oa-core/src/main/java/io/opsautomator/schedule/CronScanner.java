package io.opsautomator.schedule;

import io.opsautomator.InvalidExpressionException;

/**
 * The characters of a cron expression, field by field: reads numbers, names and symbols, and knows
 * where it is when something is wrong. Looks never beyond the field that is open.
 */
final class CronScanner {
  /** Any number greater than all that mean something; keeps long ones from overflowing. */
  private static final int MANY = 100_000;

  private static final char END = '\0';

  private final String text;
  private int at;
  private int end;
  private int opened;

  CronScanner(String text) {
    this.text = text;
  }

  /** Goes on to the next field, which begins one blank after the field before. */
  void openField() {
    if (text.isEmpty() || (opened > 0 && end == text.length())) {
      throw fault(
          end,
          "a schedule has five fields, minute hour day-of-month month day-of-week; this has "
              + opened);
    }
    at = opened == 0 ? 0 : end + 1;
    opened++;
    int blank = text.indexOf(' ', at);
    end = blank < 0 ? text.length() : blank;
    if (at == end) {
      throw fault(at, "a field is missing here: fields are separated by exactly one blank");
    }
  }

  int position() {
    return at;
  }

  boolean atEnd() {
    return end == text.length();
  }

  boolean atEndOfField() {
    return at == end;
  }

  boolean atEndOfItem() {
    return at == end || text.charAt(at) == ',';
  }

  char peek() {
    return at < end ? text.charAt(at) : END;
  }

  boolean skip(char expected) {
    if (peek() != expected) {
      return false;
    }
    at++;
    return true;
  }

  void skipField() {
    at = end;
  }

  /** Skips wildcards; says how many there were. */
  int skipWildcards() {
    int start = at;
    while (peek() == '*' || peek() == '?') {
      at++;
    }
    return at - start;
  }

  int number() {
    int start = at;
    int number = 0;
    while (isDigit(peek())) {
      number = Math.min(number * 10 + peek() - '0', MANY);
      at++;
    }
    if (at == start) {
      throw fault(start, "a number should stand here");
    }
    return number;
  }

  CronValue value(CronField field) {
    char next = peek();
    if (isDigit(next)) {
      return numberValue(field);
    }
    if (skip('^')) {
      return new CronValue(field.min, CronValue.Kind.FIRST);
    }
    if (skip(field.lastSymbol())) {
      return new CronValue(
          field == CronField.DAY ? CronParser.LAST_DAY : field.max, CronValue.Kind.LAST);
    }
    return name(field);
  }

  InvalidExpressionException fault(int column, String problem) {
    return new InvalidExpressionException(text, column, problem);
  }

  private CronValue numberValue(CronField field) {
    int start = at;
    int number = number();
    boolean clock = field == CronField.HOUR && isLetter(peek());
    int value = clock ? clockHour(number) : number;
    if (value < field.min || value > field.max) {
      throw fault(start, outside(field, start));
    }
    return new CronValue(value, clock ? CronValue.Kind.NAME : CronValue.Kind.NUMBER);
  }

  /** Noon is 12pm, midnight 12am; 0am, 0pm and 13am to 23am are tolerated. */
  private int clockHour(int number) {
    int hour = number == 12 ? 0 : number;
    if (text.regionMatches(true, at, "am", 0, 2)) {
      at += 2;
      return hour;
    }
    if (text.regionMatches(true, at, "pm", 0, 2)) {
      at += 2;
      return hour + 12;
    }
    throw fault(at, "after an hour only am or pm may stand, without a blank");
  }

  private String outside(CronField field, int start) {
    String problem =
        field.label + " " + text.substring(start, at) + " is not in " + field.min + "-" + field.max;
    return field == CronField.WEEKDAY ? problem + ": 0 is Monday, 6 is Sunday" : problem;
  }

  private CronValue name(CronField field) {
    int start = at;
    while (isLetter(peek())) {
      at++;
    }
    if (field == CronField.WEEKDAY && at > start && text.charAt(at - 1) == 'L') {
      at--;
    }
    int value = field.named(text, start, at);
    if (value < 0) {
      throw fault(start, unknown(field, start));
    }
    return new CronValue(value, CronValue.Kind.NAME);
  }

  private String unknown(CronField field, int start) {
    if (at == start) {
      return field.label + ": a value should stand here; allowed are " + field.allowed();
    }
    String name = text.substring(start, at);
    int last = field == CronField.WEEKDAY ? field.named(text, start, at - 1) : -1;
    return last >= 0
        ? "\""
            + name
            + "\" is no weekday; the last one of a month is "
            + field.shortName(last)
            + "L"
        : "\"" + name + "\" is no " + field.label + "; allowed are " + field.allowed();
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
