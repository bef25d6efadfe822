package io.opsautomator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CronMismatchTest {
  private static List<String> mismatches(String expression, String time) {
    return CronExpression.parse(expression).mismatches(LocalDateTime.parse(time));
  }

  /** 2026-03-04 is a Wednesday. */
  @ParameterizedTest(name = "{0} at {1}: {2}")
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          0 8 * * *       ~ 2026-03-04T08:15 ~ the minute is 15, and the schedule wants 0
          15 8-9 * * *    ~ 2026-03-04T14:15 ~ the hour is 14, and the schedule wants 8-9
          0 8 1W * *      ~ 2026-03-04T08:00 ~ the day of month is 4, and the schedule wants 1W
          0 8 * jan,jun * ~ 2026-03-04T08:00 ~ the month is mar, and the schedule wants jan,jun
          0 8 * * mon-tue ~ 2026-03-04T08:00 ~ the weekday is wed, and the schedule wants mon-tue
          0 8 * * wed#2   ~ 2026-03-04T08:00 ~ the weekday is wed, and the schedule wants wed#2
          @monthly        ~ 2026-03-04T00:00 ~ the day of month is 4, and the schedule wants @monthly
          """)
  void namesTheFieldThatDoesNotMatch(String expression, String time, String told) {
    assertThat(mismatches(expression, time)).containsExactly(told);
  }

  @Test
  void namesAllOfThem() {
    assertThat(mismatches("0 8 1 1 mon", "2026-03-04T09:30")).hasSize(5);
  }

  @Test
  void nothingIsWrongExactlyWhereItMatches() {
    Random random = new Random(3);
    List<String> expressions =
        List.of(
            "*/7 * * * *",
            "0 8-17 ? * mon-fri",
            "5 4 L * *",
            "0 0 15W 2-6 *",
            "0 0 ? * friL",
            "30 6 * * tue#2",
            "@weekly",
            "0 0 31 * *",
            "0 12 1-7 sep mon");
    for (int i = 0; i < 20_000; i++) {
      CronExpression cron = CronExpression.parse(expressions.get(i % expressions.size()));
      LocalDateTime time =
          LocalDateTime.of(2026, 1, 1, 0, 0).plusMinutes(random.nextInt(525_600) / 5 * 5);
      assertThat(cron.mismatches(time).isEmpty())
          .as("%s at %s", cron, time)
          .isEqualTo(cron.matches(time));
    }
  }
}
