package io.opsautomator.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.opsautomator.InvalidExpressionException;
import java.time.DateTimeException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every malformed expression is refused, with the column of the fault. */
final class CronFaultTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "50-10   | 0 | write 50-59,0-10",
        "60      | 0 | minute 60 is not in 0-59",
        "-1      | 0 | minute: a value should stand here",
        "*/0     | 2 | a step is at least 1",
        "*/a     | 2 | a number should stand here",
        "1/2/3   | 3 | minute: the item should have ended here",
        "L       | 0 | \"L\" is no minute",
        "1,      | 2 | minute: a value should stand here",
        "1,,2    | 2 | minute: a value should stand here",
        "*-5     | 0 | a wildcard stands alone",
        "5-*     | 2 | minute: a value should stand here",
        "99,*    | 0 | minute 99 is not in 0-59",
        "5W      | 0 | minute: allowed are 0-59",
        "1-2-3   | 3 | minute: the item should have ended here",
        "99999999999999999999 | 0 | minute 99999999999999999999 is not in 0-59"
      })
  void minutes(String field, int column, String problem) {
    refuses(field + " * * * *", column, problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "23-1   | 0 | write 23-23,0-1",
        "24     | 0 | hour 24 is not in 0-23",
        "13pm   | 0 | hour 13pm is not in 0-23",
        "9-5pm  | 2 | two numbers or two names",
        "9xm    | 1 | only am or pm",
        "am     | 0 | \"am\" is no hour"
      })
  void hours(String field, int column, String problem) {
    refuses("0 " + field + " * * *", column + 2, problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "32     | 0 | day of month 32 is not in 1-31",
        "0      | 0 | day of month 0 is not in 1-31",
        "W      | 0 | \"W\" is no day of month",
        "LW     | 0 | day of month: allowed are",
        "l      | 0 | \"l\" is no day of month",
        "15w    | 2 | should have ended here",
        "1-15W  | 4 | should have ended here",
        "^W     | 0 | day of month: allowed are",
        "L-3    | 0 | nothing comes after the last day",
        "3L     | 0 | day of month: allowed are"
      })
  void daysOfMonth(String field, int column, String problem) {
    refuses("0 0 " + field + " * *", column + 4, problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ja     | 0 | \"ja\" is no month; allowed are 1-12, jan-dec",
        "0      | 0 | month 0 is not in 1-12",
        "13     | 0 | month 13 is not in 1-12",
        "jan-3  | 4 | two numbers or two names",
        "^-3    | 2 | two numbers or two names",
        "L      | 0 | \"L\" is no month"
      })
  void months(String field, int column, String problem) {
    refuses("0 0 1 " + field + " *", column + 6, problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7        | 0 | weekday 7 is not in 0-6: 0 is Monday, 6 is Sunday",
        "$        | 0 | weekday: a value should stand here",
        "mon-4    | 4 | two numbers or two names",
        "mon-friL | 7 | should have ended here",
        "mon#6    | 4 | #1-#5",
        "mon#0    | 4 | #1-#5",
        "mon#x    | 4 | a number should stand here",
        "L#2      | 0 | weekday: allowed are mon-sun",
        "LL       | 0 | weekday: allowed are mon-sun"
      })
  void weekdays(String field, int column, String problem) {
    refuses("0 0 * * " + field, column + 8, problem);
  }

  @Test
  void w27_aNameIsNotCutToItsFirstThreeLetters() {
    refuses("0 0 * * monl", 8, "\"monl\" is no weekday; the last one of a month is monL");
    refuses("0 0 * junuary *", 6, "\"junuary\" is no month");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "''|0|five fields",
        "' * * * * *'|0|exactly one blank",
        "*  * * * *|2|exactly one blank",
        "* * * * |8|exactly one blank",
        "* * * *|7|this has 4",
        "* * * * * |10|exactly one blank",
        "* * * * * 2026|10|a sixth may only be * or ?",
        "* * * * * **|10|a sixth may only be * or ?",
        "* * * * * * *|10|a sixth may only be * or ?",
        "0 9 am * * *|4|\"am\" is no day of month",
        "@fortnightly|0|@yearly, @monthly, @weekly, @daily and @hourly"
      })
  void theNumberOfFields(String expression, int column, String problem) {
    refuses(expression, column, problem);
  }

  @Test
  void anyTextIsEitherAnExpressionOrRefused() {
    var random = new Random(11);
    int refused = 0;
    for (int i = 0; i < 50_000; i++) {
      String text = randomText(random);
      try {
        assertThat(CronExpression.parse(text)).hasToString(text);
      } catch (InvalidExpressionException e) {
        assertThat(e.column()).isBetween(0, text.length());
        refused++;
      }
    }
    assertThat(refused).isBetween(20_000, 49_900);
  }

  /** Fields of one to four characters of the dialect, usually five of them. */
  private static String randomText(Random random) {
    String alphabet = "0123456789*?/-,^$LW#apmonfriju@l \t\u00e9";
    var text = new StringBuilder();
    for (int field = random.nextInt(10) == 0 ? 1 : 0; field < 5; field++) {
      text.append(field == 0 ? "" : " ");
      for (int i = random.nextInt(4); i >= 0 && random.nextInt(3) > 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      text.append(random.nextBoolean() ? "*" : "1");
    }
    return text.toString();
  }

  @Test
  void theMessageShowsTheFault() {
    assertThat(fault("0 25 * * *", "UTC")).hasMessage("hour 25 is not in 0-23\n0 25 * * *\n  ^");
  }

  @Test
  void anUnknownZoneIsToldWithTheNearestName() {
    var fault = fault("0 0 * * *", "Europe/Amsterdan");

    assertThat(fault)
        .hasMessageStartingWith(
            "\"Europe/Amsterdan\" is no time zone such as Europe/Amsterdam or UTC;"
                + " did you mean 'Europe/Amsterdam'?\n")
        .hasCauseInstanceOf(DateTimeException.class);
  }

  private static void refuses(String expression, int column, String problem) {
    var fault = fault(expression, "UTC");

    assertThat(fault.problem()).contains(problem);
    assertThat(fault.column()).as(fault.getMessage()).isEqualTo(column);
    assertThat(fault.expression()).isEqualTo(expression);
  }

  private static InvalidExpressionException fault(String expression, String zone) {
    return catchThrowableOfType(
        InvalidExpressionException.class, () -> Schedule.cron(expression, zone));
  }
}
