package io.opsautomator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CronExpressionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/15    | 0 15 30 45",
        "/15     | 0 15 30 45",
        "?/15    | 0 15 30 45",
        "*?/15   | 0 15 30 45",
        "5/20    | 5 25 45",
        "0-10/5  | 0 5 10",
        "0-59/60 | 0",
        "$/2     | 59",
        "^/20    | 0 20 40",
        "^-3     | 0 1 2 3",
        "57-$    | 57 58 59",
        "005     | 5",
        "1,2,1   | 1 2"
      })
  void minutes(String field, String expected) {
    var cron = CronExpression.parse(field + " 0 * * *");
    var midnight = LocalDateTime.of(2021, 1, 1, 0, 0);

    assertThat(matching(60, m -> cron.matches(midnight.plusMinutes(m)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "9am-5pm/2  | 9 11 13 15 17",
        "9am/4      | 9 13 17 21",
        "9am,5pm,20 | 9 17 20",
        "*/6        | 0 6 12 18",
        "12am       | 0",
        "12pm       | 12",
        "0AM,0Pm    | 0 12",
        "13am       | 13",
        "^,$        | 0 23",
        "^-2        | 0 1 2",
        "10pm-$     | 22 23"
      })
  void hours(String field, String expected) {
    var cron = CronExpression.parse("0 " + field + " * * *");
    var midnight = LocalDateTime.of(2021, 1, 1, 0, 0);

    assertThat(matching(24, h -> cron.matches(midnight.plusHours(h)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2021-01 | L       | 31",
        "2021-01 | 25-L    | 25 26 27 28 29 30 31",
        "2021-01 | 25-L/3  | 25 28 31",
        "2021-01 | */10    | 1 11 21 31",
        "2021-01 | 10/10   | 10 20 30",
        "2021-01 | L/2     | 31",
        "2021-01 | ^-3     | 1 2 3",
        "2021-01 | 31W     | 29",
        "2021-01 | 30W     | 29",
        "2021-01 | 1W,L    | 1 31",
        "2021-02 | 30      | ''",
        "2021-02 | 27-30   | 27 28",
        "2021-02 | 30W     | ''",
        "2021-02 | 28W     | 26",
        "2021-04 | 31W     | ''",
        "2021-04 | 31-L    | ''",
        "2021-04 | 29-31   | 29 30",
        "2021-04 | 31/1    | ''",
        "2021-05 | 1W      | 3",
        "2021-08 | 1W      | 2",
        "2020-02 | L       | 29"
      })
  void daysOfMonth(String month, String field, String expected) {
    var cron = CronExpression.parse("0 0 " + field + " * *");
    var first = LocalDate.parse(month + "-01");

    assertThat(matching(first.lengthOfMonth(), d -> cron.matches(first.plusDays(d).atStartOfDay())))
        .isEqualTo(shifted(expected, -1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nov-feb  | 1 2 11 12",
        "11-2/2   | 1 11",
        "nov/1    | 11 12",
        "jan/3    | 1 4 7 10",
        "oct-$    | 10 11 12",
        "January  | 1",
        "^,$      | 1 12",
        "SEPT     | 9"
      })
  void months(String field, String expected) {
    var cron = CronExpression.parse("0 0 1 " + field + " *");
    var january = LocalDateTime.of(2021, 1, 1, 0, 0);

    assertThat(matching(12, m -> cron.matches(january.plusMonths(m))))
        .isEqualTo(shifted(expected, -1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fri-mon     | 0 4 5 6",
        "5-1         | 0 1 5 6",
        "fri-mon/2   | 4 6",
        "mon-sun/3   | 0 3 6",
        "mon-L       | 0 1 2 3 4 5 6",
        "L           | 6",
        "^           | 0",
        "mon#5       | 0",
        "monL        | 0",
        "MondayL     | 0",
        "^L          | 0",
        "0L          | 0",
        "mon#4       | ''",
        "mon#1,tue   | 1",
        "tue#1       | 1"
      })
  void weekdaysOfTheWeekThatBeginsOnMonday31May2021(String field, String expected) {
    var cron = CronExpression.parse("0 0 * * " + field);
    var monday = LocalDateTime.of(2021, 5, 31, 0, 0);

    assertThat(matching(7, d -> cron.matches(monday.plusDays(d)))).isEqualTo(expected);
  }

  @Test
  void occurrencesOfWeekdaysAgreeWithTheCalendarOfTheLibrary() {
    for (DayOfWeek weekday : DayOfWeek.values()) {
      String name = weekday.name();
      var last = CronExpression.parse("0 0 * * " + name + "L");
      for (int n = 1; n <= 5; n++) {
        var nth = CronExpression.parse("0 0 * * " + name + "#" + n);
        LocalDate day = LocalDate.of(2096, 1, 1);
        for (; day.getYear() < 2105; day = day.plusDays(1)) {
          boolean isNth = day.getDayOfWeek() == weekday && (day.getDayOfMonth() + 6) / 7 == n;
          boolean isLast = day.equals(day.with(TemporalAdjusters.lastInMonth(weekday)));
          assertThat(nth.matches(day.atStartOfDay())).isEqualTo(isNth);
          assertThat(last.matches(day.atStartOfDay())).isEqualTo(isLast);
        }
      }
    }
  }

  @Test
  void theNearestWorkingDayIsTheNearestInTheMonth() {
    for (int n = 1; n <= 31; n++) {
      var nearest = CronExpression.parse("0 0 " + n + "W * *");
      for (YearMonth month = YearMonth.of(2096, 1); month.getYear() < 2105; ) {
        LocalDateTime before = month.atDay(1).atStartOfDay().minusMinutes(1);
        boolean found =
            nearest.nextAfter(before).map(YearMonth::from).filter(month::equals).isPresent();
        assertThat(found).isEqualTo(n <= month.lengthOfMonth());
        if (found) {
          assertThat(nearest.nextAfter(before))
              .contains(nearestWorkday(month.atDay(n)).atStartOfDay());
        }
        month = month.plusMonths(1);
      }
    }
  }

  /** One day away if it must be, else two; only within the month. */
  private static LocalDate nearestWorkday(LocalDate day) {
    return Stream.of(0, -1, 1, -2, 2)
        .map(day::plusDays)
        .filter(d -> d.getMonth() == day.getMonth() && d.getDayOfWeek().getValue() <= 5)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void allFiveFieldsMustMatch() {
    assertThat(next("0 0 13 * fri", "2021-01-01T00:00")).isEqualTo("2021-08-13T00:00");
  }

  @Test
  void weekdayZeroIsMonday() {
    assertThat(next("0 0 * * 0", "2021-01-01T00:00")).isEqualTo("2021-01-04T00:00");
  }

  @Test
  void searchesBackwards() {
    assertThat(previous("0 0 L * *", "2021-03-15T00:00")).isEqualTo("2021-02-28T00:00");
    assertThat(previous("30 5 * 2 mon", "2021-06-01T00:00")).isEqualTo("2021-02-22T05:30");
  }

  @Test
  void aMinuteThatHasBegunIsBeforeItsSeconds() {
    assertThat(previous("0 5 * * *", "2021-03-15T05:00:00.5")).isEqualTo("2021-03-15T05:00");
    assertThat(previous("0 5 * * *", "2021-03-15T05:00")).isEqualTo("2021-03-14T05:00");
    assertThat(next("0 5 * * *", "2021-03-15T04:59:59")).isEqualTo("2021-03-15T05:00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0 1-31 * *", "0 0 28-31 * *", "0 0 31/1 * *", "0 0 31W * *"})
  void w8_daysThatAMonthLacksDoNotMatchInsteadOfFailing(String expression) {
    var inApril = LocalDateTime.of(2021, 4, 30, 12, 0);

    assertThat(CronExpression.parse(expression).nextAfter(inApril)).isPresent();
  }

  @Test
  void w25_aSearchFromAfterTheListedMonthsFindsTheFirstOfThemNextYear() {
    assertThat(next("0 0 1 1,3 *", "2020-12-15T00:00")).isEqualTo("2021-01-01T00:00");
    assertThat(previous("0 0 1 3,11 *", "2021-02-15T00:00")).isEqualTo("2020-11-01T00:00");
  }

  @ParameterizedTest
  @CsvSource({
    "@yearly, 2022-01-01T00:00",
    "@monthly, 2021-06-01T00:00",
    "@weekly, 2021-05-17T00:00",
    "@daily, 2021-05-13T00:00",
    "@hourly, 2021-05-12T11:00"
  })
  void w26_macrosWork(String macro, String expected) {
    assertThat(next(macro, "2021-05-12T10:30")).isEqualTo(expected);
    assertThat(CronExpression.parse(macro).warnings()).isEmpty();
    assertThat(CronExpression.parse(macro)).hasToString(macro);
  }

  @Test
  void w27_firstAndLastSymbolsWorkInTheHourField() {
    assertThat(next("0 $ * * *", "2021-05-12T10:30")).isEqualTo("2021-05-12T23:00");
  }

  @Test
  void aSixthFieldIsToleratedAndIgnored() {
    var cron = CronExpression.parse("0/20 1 * * ? *");

    assertThat(cron.nextAfter(LocalDateTime.parse("2021-01-01T01:20")))
        .contains(LocalDateTime.parse("2021-01-01T01:40"));
    assertThat(cron.warnings())
        .containsExactly("the sixth field is ignored: a schedule has no years");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0 30 2 *", "0 0 31 4,6,9,11 *", "0 0 1-6 * monL", "0 0 30W feb *"})
  void anExpressionThatCanNeverFireIsKnownAsSuch(String expression) {
    var cron = CronExpression.parse(expression);

    assertThat(cron.canFire()).isFalse();
    assertThat(cron.nextAfter(LocalDateTime.MIN)).isEmpty();
    assertThat(cron.previousBefore(LocalDateTime.MAX)).isEmpty();
    assertThat(cron.shortestInterval()).isEmpty();
    assertThat(cron.warnings()).anyMatch(warning -> warning.startsWith("it can never fire"));
  }

  @Test
  void aRareDateIsFoundAcrossACenturyWithoutALeapYear() {
    assertThat(next("0 0 29 2 mon", "2088-03-01T00:00")).isEqualTo("2112-02-29T00:00");
    assertThat(previous("0 0 29 2 mon", "2112-02-29T00:00")).isEqualTo("2072-02-29T00:00");
  }

  @Test
  void theSearchEndsWithTheYear9999AndBeginsWithTheYear1() {
    var cron = CronExpression.parse("* * * * *");

    assertThat(cron.nextAfter(LocalDateTime.parse("9999-12-31T23:59"))).isEmpty();
    assertThat(cron.nextAfter(LocalDateTime.MIN)).contains(LocalDateTime.parse("0001-01-01T00:00"));
    assertThat(cron.previousBefore(LocalDateTime.MAX))
        .contains(LocalDateTime.parse("9999-12-31T23:59"));
    assertThat(cron.previousBefore(LocalDateTime.parse("0001-01-01T00:00"))).isEmpty();
    assertThat(previous("0 0 1 3 *", "0001-06-01T00:00")).isEqualTo("0001-03-01T00:00");
    assertThat(
            CronExpression.parse("0 0 1 3 *")
                .previousBefore(LocalDateTime.parse("0001-02-01T00:00")))
        .isEmpty();
    assertThat(CronExpression.parse("0 0 1 3 *").nextAfter(LocalDateTime.parse("9999-03-01T00:00")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "* * * * *, true",
    "0 ? * * *, true",
    "0 */2 * * *, true",
    "0 9-17/1 * * *, true",
    "'0 9,/6 * * *', true",
    "@hourly, true",
    "@daily, false",
    "0 9-17 * * *, false",
    "*/5 9 * * *, false",
    "'0 0,1,2 * * *', false"
  })
  void aWildcardOrStepInTheHourFieldMakesAnInterval(String expression, boolean interval) {
    assertThat(CronExpression.parse(expression).isInterval()).isEqualTo(interval);
  }

  @ParameterizedTest
  @CsvSource({
    "*/5 * * * *, PT5M",
    "'0,59 * * * *', PT1M",
    "0 9-17 * * *, PT1H",
    "'0 23,2 * * *', PT3H",
    "'0 23,2 1 * *', PT21H",
    "0 9 * * *, PT24H",
    "'0 9 * * mon,wed', PT48H",
    "0 9 L * *, PT672H",
    "0 0 29 2 *, PT35064H"
  })
  void tellsTheShortestInterval(String expression, Duration expected) {
    assertThat(CronExpression.parse(expression).shortestInterval()).contains(expected);
  }

  @Test
  void warnsOfWhatIsOftenNotMeant() {
    assertThat(warnings("0 0 * * 1-5"))
        .containsExactly(
            "weekday numbers count from 0 = Monday here, so the last field means"
                + " tue,wed,thu,fri,sat; write names");
    assertThat(warnings("0 0 * * 4L,0#2"))
        .containsExactly(
            "weekday numbers count from 0 = Monday here, so the last field means mon#2,friL;"
                + " write names");
    assertThat(warnings("0 0 13 * fri"))
        .containsExactly(
            "day-of-month and day-of-week are both limited: it fires only on days that are in"
                + " both");
    assertThat(warnings("0 *,99 * * *"))
        .containsExactly("what follows a wildcard in a list is not read");
    assertThat(warnings("0 0 1-31 * mon-sun")).isEmpty();
  }

  @Test
  void isEqualByItsText() {
    assertThat(CronExpression.parse("0 0 * * *"))
        .isEqualTo(CronExpression.parse("0 0 * * *"))
        .hasSameHashCodeAs(CronExpression.parse("0 0 * * *"))
        .isNotEqualTo(CronExpression.parse("00 0 * * *"))
        .hasToString("0 0 * * *");
  }

  private static List<String> warnings(String expression) {
    return CronExpression.parse(expression).warnings();
  }

  private static String next(String expression, String after) {
    return CronExpression.parse(expression)
        .nextAfter(LocalDateTime.parse(after))
        .map(LocalDateTime::toString)
        .orElse("never");
  }

  private static String previous(String expression, String before) {
    return CronExpression.parse(expression)
        .previousBefore(LocalDateTime.parse(before))
        .map(LocalDateTime::toString)
        .orElse("never");
  }

  private static String matching(int count, IntPredicate matches) {
    return IntStream.range(0, count)
        .filter(matches)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(" "));
  }

  private static String shifted(String numbers, int by) {
    return numbers.isEmpty()
        ? ""
        : List.of(numbers.split(" ")).stream()
            .map(n -> Integer.toString(Integer.parseInt(n) + by))
            .collect(Collectors.joining(" "));
  }
}
