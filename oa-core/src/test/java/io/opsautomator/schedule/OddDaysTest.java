package io.opsautomator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The days on which no two schedulers agree, and what happens here. */
final class OddDaysTest {
  private static final String NEW_YORK = "America/New_York";
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mmXXX");

  @Test
  void rundeck6879_halfPastTwoOnTheDayWithoutItFiresWhenTheClocksHaveChanged() {
    assertThat(onClock("30 2 * * *", NEW_YORK, "2026-03-08")).containsExactly("03:00-04:00");
  }

  @Test
  void jr1145_halfPastOneOnTheDayThatHasItTwiceFiresOnce() {
    assertThat(onClock("30 1 * * *", NEW_YORK, "2026-11-01")).containsExactly("01:30-04:00");
  }

  @Test
  void everyMinuteIsEveryMinuteWhileClocksGoBack() {
    assertThat(distances("* * * * *", NEW_YORK, "2026-11-01"))
        .hasSize(25 * 60 - 1)
        .containsOnly(Duration.ofMinutes(1));
  }

  @Test
  void everyQuarterIsEveryQuarterWhileClocksGoBack() {
    assertThat(distances("*/15 * * * *", NEW_YORK, "2026-11-01"))
        .hasSize(25 * 4 - 1)
        .containsOnly(Duration.ofMinutes(15));
  }

  @Test
  void everySecondHourLeavesOutTheOneThatDoesNotExistAndAddsNone() {
    assertThat(onClock("0 */2 * * *", NEW_YORK, "2026-03-08"))
        .startsWith("00:00-05:00", "04:00-04:00", "06:00-04:00")
        .hasSize(11);
  }

  @Test
  void aGapOfHalfAnHourIsAGap() {
    assertThat(onClock("0 2 * * *", "Australia/Lord_Howe", "2025-10-05"))
        .containsExactly("02:30+11:00");
    assertThat(onClock("15 2 * * *", "Australia/Lord_Howe", "2025-10-05"))
        .containsExactly("02:30+11:00");
    assertThat(onClock("45 1 * * *", "Australia/Lord_Howe", "2026-04-05"))
        .containsExactly("01:45+11:00");
  }

  @Test
  void aDayThatBeginsAtOneHasItsFiringOfHalfPastMidnight() {
    assertThat(onClock("30 0 * * *", "America/Sao_Paulo", "2018-11-04"))
        .containsExactly("01:00-02:00");
  }

  private static List<String> onClock(String expression, String zone, String day) {
    return firings(expression, zone, day)
        .map(firing -> CLOCK.format(firing.atZone(ZoneId.of(zone))))
        .toList();
  }

  private static List<Duration> distances(String expression, String zone, String day) {
    List<Instant> firings = firings(expression, zone, day).toList();
    return IntStream.range(1, firings.size())
        .mapToObj(i -> Duration.between(firings.get(i - 1), firings.get(i)))
        .toList();
  }

  private static Stream<Instant> firings(String expression, String zone, String day) {
    LocalDate date = LocalDate.parse(day);
    Instant from = date.atStartOfDay(ZoneId.of(zone)).toInstant();
    Instant to = date.plusDays(1).atStartOfDay(ZoneId.of(zone)).toInstant();
    return Schedule.cron(expression, zone).firings(from.minusNanos(1), to.minusNanos(1));
  }
}
