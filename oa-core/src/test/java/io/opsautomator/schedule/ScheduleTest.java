package io.opsautomator.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.opsautomator.schedule.DstRule.Gap;
import io.opsautomator.schedule.DstRule.Overlap;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScheduleTest {
  private static final String NEW_YORK = "America/New_York";
  private static final String GAP = "2021-03-14T00:00:00-05:00";
  private static final String OVERLAP = "2021-11-07T00:00:00-04:00";

  @Test
  void w24_aForecastAcrossAChangeOfClocksIsOnTheNewClock() {
    assertThat(firings(Schedule.cron("0 9 * * *", NEW_YORK), GAP, 1)).containsExactly("13:00");
    assertThat(firings(Schedule.cron("0 9 * * *", NEW_YORK), OVERLAP, 1)).containsExactly("14:00");
  }

  @Test
  void w24_aTimeShownTwiceFiresOnce() {
    var schedule = Schedule.cron("30 1 * * *", NEW_YORK);

    assertThat(firings(schedule, OVERLAP, 1)).containsExactly("05:30");
  }

  @Test
  void w24_aTimeLeftOutFiresWhenTheClocksHaveChanged() {
    assertThat(firings(Schedule.cron("30 2 * * *", NEW_YORK), GAP, 1)).containsExactly("07:00");
  }

  @ParameterizedTest
  @CsvSource({"FIRST, 05:30", "SECOND, 06:30", "BOTH, 05:30 06:30"})
  void theRuleSaysWhichOfTwoEqualTimesFires(Overlap overlap, String expected) {
    var schedule = Schedule.cron("30 1 * * *", NEW_YORK).withDst(new DstRule(Gap.SHIFT, overlap));

    assertThat(firings(schedule, OVERLAP, 1)).containsExactly(expected.split(" "));
    assertThat(firingsBackwards(schedule, OVERLAP, 1)).containsExactly(expected.split(" "));
  }

  @ParameterizedTest
  @CsvSource({"FIRST, 0", "SECOND, 1"})
  void aStartWithinTheRepeatedHourKeepsToTheRule(Overlap overlap, int count) {
    var schedule = Schedule.cron("30 1 * * *", NEW_YORK).withDst(new DstRule(Gap.SHIFT, overlap));
    var between = Instant.parse("2021-11-07T05:45:00Z");

    assertThat(schedule.firings(between, between.plus(Duration.ofHours(4)))).hasSize(count);
    assertThat(schedule.previousBefore(between))
        .contains(Instant.parse(count == 0 ? "2021-11-07T05:30:00Z" : "2021-11-06T05:30:00Z"));
  }

  @Test
  void severalTimesInAGapAndARegularOneAtItsEndAreOneFiring() {
    var schedule = Schedule.cron("0,15,30 2,3 * * *", NEW_YORK);

    assertThat(firings(schedule, GAP, 1)).containsExactly("07:00", "07:15", "07:30");
    assertThat(firingsBackwards(schedule, GAP, 1)).containsExactly("07:00", "07:15", "07:30");
  }

  @Test
  void aSkippingRuleLeavesOutTheGap() {
    var schedule =
        Schedule.cron("30 2 * * *", NEW_YORK).withDst(new DstRule(Gap.SKIP, Overlap.FIRST));

    assertThat(firings(schedule, GAP, 1)).isEmpty();
    assertThat(firings(schedule, GAP, 2)).containsExactly("06:30");
  }

  @Test
  void aScheduleWhoseEveryTimeIsSkippedNeverFires() {
    var inEveryGap =
        Schedule.cron("30 2 * mar sun#2", NEW_YORK).withDst(new DstRule(Gap.SKIP, Overlap.FIRST));

    assertThat(inEveryGap.nextAfter(Instant.parse("2021-01-01T00:00:00Z"))).isEmpty();
    assertThat(inEveryGap.describeNext(Instant.parse("2021-01-01T00:00:00Z"), 2))
        .isEqualTo("next: never");
  }

  @Test
  void anIntervalFiresAtEveryRealOccurrenceAndNeverInAGap() {
    var hourly = Schedule.cron("30 * * * *", NEW_YORK);

    assertThat(firings(hourly, OVERLAP, 1)).startsWith("04:30", "05:30", "06:30", "07:30");
    assertThat(firings(hourly, GAP, 1)).startsWith("05:30", "06:30", "07:30");
    assertThat(firings(Schedule.cron("30 2/12 * * *", NEW_YORK), GAP, 1)).containsExactly("18:30");
  }

  @Test
  void aDayThatWasLeftOutIsOneGap() {
    var apia = "Pacific/Apia"; // had no 30 December 2011
    var before = Instant.parse("2011-12-30T09:00:00Z"); // 29 December, 23:00 on the clock
    var later = before.plus(Duration.ofHours(12));

    assertThat(Schedule.cron("0,30 9,17 30 * *", apia).firings(before, later))
        .containsExactly(Instant.parse("2011-12-30T10:00:00Z"));
    assertThat(Schedule.cron("0 */12 30 * *", apia).firings(before, later)).isEmpty();
    assertThat(Schedule.cron("0 9 * * *", apia).firings(before, later))
        .containsExactly(
            Instant.parse("2011-12-30T10:00:00Z"), Instant.parse("2011-12-30T19:00:00Z"));
  }

  @Test
  void rulesForTheFutureAreFollowedForEver() {
    assertThat(firings(Schedule.cron("0 9 * * *", NEW_YORK), "2999-07-01T00:00:00-04:00", 1))
        .containsExactly("13:00");
    assertThat(firings(Schedule.cron("0 9 * * *", NEW_YORK), "9998-01-01T00:00:00-05:00", 1))
        .containsExactly("14:00");
  }

  @Test
  void anInstantFarOutsideTheSearchedYearsIsAnsweredToo() {
    var schedule = Schedule.cron("0 9 * * *", NEW_YORK);

    assertThat(schedule.nextAfter(Instant.MAX)).isEmpty();
    assertThat(schedule.previousBefore(Instant.MIN)).isEmpty();
    assertThat(schedule.nextAfter(Instant.MIN)).isPresent();
    assertThat(schedule.previousBefore(Instant.MAX))
        .contains(Instant.parse("9999-12-31T14:00:00Z"));
  }

  @Test
  void fractionsOfASecondDoNotRepeatOrLoseAFiring() {
    var schedule = Schedule.cron("0 9 * * *", "UTC");
    var nine = Instant.parse("2021-01-01T09:00:00Z");

    assertThat(schedule.nextAfter(nine.minusNanos(1))).contains(nine);
    assertThat(schedule.nextAfter(nine.plusNanos(1))).contains(nine.plus(Duration.ofDays(1)));
    assertThat(schedule.previousBefore(nine.plusNanos(1))).contains(nine);
    assertThat(schedule.previousBefore(nine)).contains(nine.minus(Duration.ofDays(1)));
  }

  @Test
  void describesTheNextFirings() {
    var schedule = Schedule.cron("0 9 * * 0,1", "Europe/Amsterdam");

    assertThat(schedule.describeNext(Instant.parse("2026-01-02T00:00:00Z"), 3))
        .isEqualTo(
            "next: Mon 2026-01-05 09:00, Tue 2026-01-06 09:00, Mon 2026-01-12 09:00"
                + " (Europe/Amsterdam)");
    assertThat(schedule.warnings()).hasSize(1);
    assertThat(new Schedule.Once(Instant.EPOCH).describeNext(Instant.MIN, 3))
        .isEqualTo("next: Thu 1970-01-01 00:00 (UTC)");
  }

  @Test
  void cronSchedulesAreEqualByTheirParts() {
    var schedule = Schedule.cron("0 9 * * *", "UTC");

    assertThat(schedule)
        .isEqualTo(Schedule.cron("0 9 * * *", "UTC"))
        .hasSameHashCodeAs(Schedule.cron("0 9 * * *", "UTC"))
        .isNotEqualTo(Schedule.cron("0 9 * * *", NEW_YORK))
        .isNotEqualTo(schedule.withDst(new DstRule(Gap.SKIP, Overlap.FIRST)))
        .hasToString("0 9 * * * (UTC)");
  }

  @Test
  void aFixedRateCountsFromItsAnchor() {
    var anchor = Instant.parse("2021-01-01T00:07:00Z");
    var rate = new Schedule.FixedRate(anchor, Duration.ofMinutes(10));

    assertThat(rate.nextAfter(Instant.MIN)).contains(anchor);
    assertThat(rate.nextAfter(anchor)).contains(anchor.plusSeconds(600));
    assertThat(rate.nextAfter(anchor.plusSeconds(599))).contains(anchor.plusSeconds(600));
    assertThat(rate.nextAfter(Instant.MAX)).isEmpty();
    assertThat(rate.previousBefore(anchor)).isEmpty();
    assertThat(rate.previousBefore(anchor.plusSeconds(600))).contains(anchor);
    assertThat(rate.previousBefore(anchor.plusSeconds(601))).contains(anchor.plusSeconds(600));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Schedule.FixedRate(anchor, Duration.ZERO))
        .withMessage("period PT0S is less than PT1S");
  }

  @Test
  void onceIsOnce() {
    var once = new Schedule.Once(Instant.EPOCH);

    assertThat(once.firings(Instant.MIN, Instant.MAX)).containsExactly(Instant.EPOCH);
    assertThat(once.nextAfter(Instant.EPOCH)).isEmpty();
    assertThat(once.previousBefore(Instant.EPOCH)).isEmpty();
    assertThat(once.previousBefore(Instant.MAX)).contains(Instant.EPOCH);
  }

  /** The UTC times of the firings in the {@code days}th day from an instant. */
  private static List<String> firings(Schedule schedule, String from, int days) {
    Instant end = end(from, days);
    return utcTimes(schedule.firings(end.minus(Duration.ofDays(1)).minusNanos(1), end));
  }

  private static List<String> firingsBackwards(Schedule schedule, String from, int days) {
    Instant end = end(from, days);
    List<Instant> found =
        Stream.iterate(schedule.previousBefore(end), t -> t.flatMap(schedule::previousBefore))
            .map(t -> t.orElse(Instant.MIN))
            .takeWhile(t -> !t.isBefore(end.minus(Duration.ofDays(1))))
            .toList();
    return utcTimes(found.stream().sorted());
  }

  private static Instant end(String from, int days) {
    return OffsetDateTime.parse(from).toInstant().plus(Duration.ofDays(days));
  }

  private static List<String> utcTimes(Stream<Instant> instants) {
    return instants.map(instant -> instant.toString().substring(11, 16)).toList();
  }
}
