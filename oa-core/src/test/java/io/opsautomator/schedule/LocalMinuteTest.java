package io.opsautomator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LocalMinuteTest {
  private static final int MINUTES_OF_28_YEARS = 28 * 366 * 24 * 60;
  private static final LocalDateTime START = LocalDateTime.of(2001, 1, 1, 0, 0);

  private static final List<List<String>> FIELDS =
      List.of(
          List.of("*", "0", "5,20", "10-40", "*/7", "$"),
          List.of("*", "9-17", "12am,5pm", "*/5", "^"),
          List.of("*", "1", "L", "15W", "1W,31W", "28-31", "2/9", "20-L"),
          List.of("*", "2", "JAN-MAR", "nov-feb", "*/3"),
          List.of("*", "MON-FRI", "fri-mon", "6", "TUE#1", "wed#5", "SUNL", "mon#2,FRIL"));

  @Test
  void anExpressionSaysTheSameOfAMinuteAndOfATimeInIt() {
    SplittableRandom random = new SplittableRandom(1);
    int matching = 0;

    for (int i = 0; i < 200_000; i++) {
      CronExpression cron = CronExpression.parse(expression(random));
      LocalDateTime time = START.plusMinutes(random.nextInt(MINUTES_OF_28_YEARS)).plusSeconds(59);
      boolean expected = cron.matches(time);
      matching += expected ? 1 : 0;

      assertThat(cron.matches(LocalMinute.of(time))).as("%s at %s", cron, time).isEqualTo(expected);
    }

    assertThat(matching).isGreaterThan(500);
  }

  @Test
  void aWorkingDayStandsInForTheWeekendBesideIt() {
    CronExpression cron = CronExpression.parse("0 6 15W * ?");

    assertThat(cron.matches(LocalMinute.of(LocalDateTime.of(2026, 8, 14, 6, 0)))).isTrue();
    assertThat(cron.matches(LocalMinute.of(LocalDateTime.of(2026, 8, 15, 6, 0)))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 10_000})
  void inYearsThatAreNotSearchedNothingMatches(int year) {
    CronExpression cron = CronExpression.parse("* * * * *");

    assertThat(cron.matches(LocalMinute.of(LocalDateTime.of(year, 6, 1, 0, 0)))).isFalse();
  }

  private static String expression(SplittableRandom random) {
    return String.join(
        " ", FIELDS.stream().map(field -> field.get(random.nextInt(field.size()))).toList());
  }
}
