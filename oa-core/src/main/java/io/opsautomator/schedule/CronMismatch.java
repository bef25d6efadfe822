package io.opsautomator.schedule;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** Names the fields of an expression that a minute does not match. */
final class CronMismatch {
  private final List<String> fields;
  private final String text;
  private final List<String> found = new ArrayList<>();

  private CronMismatch(String text) {
    this.text = text;
    this.fields = List.of(text.strip().split(" "));
  }

  /** In the order of the fields; empty if all of them match. */
  static List<String> of(CronExpression expression, LocalDateTime time) {
    CronMismatch it = new CronMismatch(expression.toString());
    TimeSet times = expression.times();
    DaySet days = expression.days();
    int first = (int) time.toLocalDate().withDayOfMonth(1).toEpochDay();
    int length = time.toLocalDate().lengthOfMonth();
    int bit = 1 << time.getDayOfMonth();
    int weekday = time.getDayOfWeek().getValue() - 1;
    it.unless(times.hasMinute(time.getMinute()), CronField.MINUTE, "" + time.getMinute());
    it.unless(times.hasHour(time.getHour()), CronField.HOUR, "" + time.getHour());
    boolean day = (days.daysOfMonth(length, Civil.weekday(first)) & bit) != 0;
    it.unless(day, CronField.DAY, "" + time.getDayOfMonth());
    int month = time.getMonthValue();
    it.unless(days.listsMonth(month), CronField.MONTH, CronField.MONTH.shortName(month));
    boolean onWeekday = (days.daysByWeekday(length, Civil.weekday(first)) & bit) != 0;
    it.unless(onWeekday, CronField.WEEKDAY, CronField.WEEKDAY.shortName(weekday));
    return it.found;
  }

  private void unless(boolean matches, CronField field, String value) {
    if (!matches) {
      boolean five = fields.size() == CronField.values().length;
      String wanted = five ? fields.get(List.of(CronField.values()).indexOf(field)) : text;
      found.add("the " + field.label + " is " + value + ", and the schedule wants " + wanted);
    }
  }
}
