package io.opsautomator.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class WordsTest {
  @Test
  void aShareSaysAllOnlyOfAllAndNoneOnlyOfNone() {
    assertThat(Words.share(5, 5)).isEqualTo("100 %");
    assertThat(Words.share(99_999, 100_000)).isEqualTo("99.9 %");
    assertThat(Words.share(1, 100_000)).isEqualTo("<0.1 %");
    assertThat(Words.share(0, 7)).isEqualTo("0 %");
    assertThat(Words.share(0, 0)).isEqualTo("–");
  }

  @Test
  void aLengthOfTimeHasItsTwoLargestUnits() {
    assertThat(Words.took(Duration.ofMillis(1250))).isEqualTo("1.3 s");
    assertThat(Words.took(Duration.ofSeconds(140))).isEqualTo("2 min 20 s");
    assertThat(Words.took(Duration.ofHours(26))).isEqualTo("1 d 2 h");
    assertThat(Words.took(Duration.ofMinutes(60))).isEqualTo("1 h");
  }

  @Test
  void aTextIsNotCutWithinACharacter() {
    assertThat(Words.cut("ab\uD83D\uDE00c", 3)).isEqualTo("ab…");
    assertThat(Words.cut("abc", 3)).isEqualTo("abc");
  }

  @Test
  void anAxisHasFewTicksAtFullHoursOrMidnights() {
    for (int hours = 1; hours < 10_000; hours += 7) {
      Instant from = Past.BEGIN.plusSeconds(1234);
      Period period = new Period(from, from.plus(Duration.ofHours(hours)), ZoneOffset.UTC);

      assertThat(period.ticks()).hasSizeBetween(0, 9);
      assertThat(period.ticks()).allMatch(tick -> tick.at().getEpochSecond() % 3600 == 0);
    }
  }

  @Test
  void midnightIsMidnightAlsoWhenTheClocksChange() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    Instant from = Instant.parse("2026-03-26T23:00:00Z");
    Period period = new Period(from, from.plus(Duration.ofDays(5)), berlin);

    assertThat(period.ticks())
        .allMatch(tick -> tick.at().atZone(berlin).getHour() == 0)
        .extracting(Period.Tick::label)
        .contains("Sun 29", "Mon 30");
  }

  @Test
  void aPeriodIsNeverEmpty() {
    Period period = new Period(Past.BEGIN, Past.BEGIN, ZoneOffset.UTC);

    assertThat(period.position(Past.BEGIN)).isZero();
    assertThat(period.position(Past.BEGIN.plusSeconds(99_999))).isEqualTo(100);
  }
}
