package io.opsautomator.schedule;

import java.util.ArrayList;
import java.util.List;

/** Finds what an expression says and its author perhaps did not mean. */
final class CronWarnings {
  private static final List<String> WHICH = List.of("", "#1", "#2", "#3", "#4", "#5", "L");

  private CronWarnings() {}

  static List<String> of(CronExpression expression) {
    List<String> warnings = new ArrayList<>();
    if (!expression.canFire()) {
      warnings.add("it can never fire: no date is in all of its day and month fields");
    }
    if (expression.has(CronParser.NUMERIC_WEEKDAY)) {
      warnings.add(
          "weekday numbers count from 0 = Monday here, so the last field means "
              + weekdays(expression.days().weekdays())
              + "; write names");
    }
    if (expression.days().limitsDayOfMonth() && expression.days().limitsWeekday()) {
      warnings.add(
          "day-of-month and day-of-week are both limited: it fires only on days that are in both");
    }
    if (expression.has(CronParser.UNREAD_ITEMS)) {
      warnings.add("what follows a wildcard in a list is not read");
    }
    if (expression.has(CronParser.SIXTH_FIELD)) {
      warnings.add("the sixth field is ignored: a schedule has no years");
    }
    return List.copyOf(warnings);
  }

  private static String weekdays(long bits) {
    List<String> names = new ArrayList<>();
    for (int bit = 0; bit < 7 * WHICH.size(); bit++) {
      if (((bits >>> bit) & 1) != 0) {
        names.add(CronField.WEEKDAY.shortName(bit % 7) + WHICH.get(bit / 7));
      }
    }
    return String.join(",", names);
  }
}
