package io.opsautomator.schedule;

import java.util.List;

/** The five fields of a cron expression: their values, names and symbols. */
enum CronField {
  MINUTE("minute", 0, 59, false),
  HOUR("hour", 0, 23, false),
  DAY("day of month", 1, 31, false),
  MONTH("month", 1, 12, true),
  WEEKDAY("weekday", 0, 6, true);

  private static final List<String> MONTHS =
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");

  private static final List<String> WEEKDAYS =
      List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

  private static final int SHORT_NAME = 3;

  final String label;
  final int min;
  final int max;
  final boolean wraps;

  CronField(String label, int min, int max, boolean wraps) {
    this.label = label;
    this.min = min;
    this.max = max;
    this.wraps = wraps;
  }

  /** The full names of all values, from the first; empty if they have none. */
  List<String> names() {
    return switch (this) {
      case MONTH -> MONTHS;
      case WEEKDAY -> WEEKDAYS;
      case MINUTE, HOUR, DAY -> List.of();
    };
  }

  /** The value whose name is abbreviated by these letters (at least three), or -1. */
  int named(String text, int start, int end) {
    int length = end - start;
    if (length >= SHORT_NAME) {
      List<String> names = names();
      for (int i = 0; i < names.size(); i++) {
        if (length <= names.get(i).length()
            && text.regionMatches(true, start, names.get(i), 0, length)) {
          return min + i;
        }
      }
    }
    return -1;
  }

  String shortName(int value) {
    return names().get(value - min).substring(0, SHORT_NAME);
  }

  /** The symbol of the highest value: a dollar sign, or L where days are counted. */
  char lastSymbol() {
    return this == DAY || this == WEEKDAY ? 'L' : '$';
  }

  /** What may be written for one value, in words. */
  String allowed() {
    String numbers = min + "-" + max;
    String symbols = ", ^ (first) or " + lastSymbol() + " (last)";
    return switch (this) {
      case MINUTE -> numbers + symbols;
      case HOUR -> numbers + ", 12am-11pm" + symbols;
      case DAY -> numbers + ", 1W-31W (nearest working day)" + symbols;
      case MONTH -> numbers + ", jan-dec" + symbols;
      case WEEKDAY -> "mon-sun, 0-6 (0 is Monday), mon#1-mon#5, monL" + symbols;
    };
  }
}
