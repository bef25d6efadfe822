package io.opsautomator.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.engine.internal.Firings.Decision;
import io.opsautomator.schedule.Calendar;
import io.opsautomator.schedule.MisfirePolicy;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.schedule.Suppression;
import io.opsautomator.schedule.Timetable;
import io.opsautomator.schedule.Timing;
import io.opsautomator.store.Run.Missed;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What comes of instants that are due. */
final class FiringsTest {
  private static final Timetable HOURLY = table(Schedule.cron("0 * * * *", "UTC"));
  private static final Instant TEN = Instant.parse("2026-01-05T10:00:00Z");

  private static Timetable table(Schedule... schedules) {
    return new Timetable("lights", List.of(schedules), Timing.NONE);
  }

  private static Instant hours(int hours) {
    return TEN.plus(Duration.ofHours(hours));
  }

  @Test
  void whatIsNotLateFiresWhateverThePolicy() {
    Decision decision = Firings.decide(HOURLY, new MisfirePolicy.Skip(), TEN, TEN.plusSeconds(299));

    assertThat(decision)
        .isEqualTo(new Decision(TEN, true, Missed.NONE, Optional.of(hours(1)), Optional.empty()));
  }

  @Test
  void w7_aLateInstantIsNotLost_theLatestRunsAndStandsForTheOthers() {
    Decision decision =
        Firings.decide(
            HOURLY, new MisfirePolicy.Last(), TEN, hours(5).plus(Duration.ofMinutes(30)));

    assertThat(decision.due()).isEqualTo(hours(5));
    assertThat(decision.fires()).isTrue();
    assertThat(decision.missed()).isEqualTo(new Missed(5, Optional.of(TEN), Optional.of(hours(4))));
    assertThat(decision.next()).contains(hours(6));
  }

  @Test
  void skippingPassesOverWhatIsLateAndSaysHowMuch() {
    Decision decision =
        Firings.decide(
            HOURLY, new MisfirePolicy.Skip(), TEN, hours(5).plus(Duration.ofMinutes(30)));

    assertThat(decision.fires()).isFalse();
    assertThat(decision.due()).isEqualTo(hours(5));
    assertThat(decision.missed().count()).isEqualTo(5);
    assertThat(decision.next()).contains(hours(6));
  }

  @Test
  void allOfThemFireOldestFirst() {
    assertThat(fired(new MisfirePolicy.All(24, Duration.ofHours(24)), hours(5).plusSeconds(600)))
        .containsExactly(TEN, hours(1), hours(2), hours(3), hours(4), hours(5));
  }

  @Test
  void catchingUpIsBoundedInNumber() {
    assertThat(fired(new MisfirePolicy.All(2, Duration.ofHours(24)), hours(5).plusSeconds(600)))
        .containsExactly(hours(4), hours(5));
  }

  @Test
  void catchingUpIsBoundedInAge() {
    assertThat(fired(new MisfirePolicy.All(24, Duration.ofHours(2)), hours(5).plusSeconds(600)))
        .containsExactly(hours(4), hours(5));
  }

  @Test
  void severalSchedulesAreOneClock() {
    Timetable both = table(Schedule.cron("0 12 * * *", "UTC"), Schedule.cron("30 11 * * *", "UTC"));

    assertThat(Firings.next(both, TEN)).contains(TEN.plus(Duration.ofMinutes(90)));
  }

  /** From the third to the seventh hour after ten. */
  private static Timetable withBlackout(Duration jitter) {
    Calendar.Event rest = new Calendar.Event("rest", hours(3), hours(7));
    Calendar calendar = new Calendar("c.ics", ZoneOffset.UTC, "", (from, to) -> List.of(rest));
    Timing timing =
        new Timing(Optional.empty(), Optional.empty(), jitter, List.of(calendar), List.of());
    return new Timetable("lights", List.of(Schedule.cron("0 * * * *", "UTC")), timing);
  }

  @Test
  void whatACalendarSuppressesIsPassedOverUnderItsName() {
    Timetable table = withBlackout(Duration.ZERO);
    Decision decision =
        Firings.decide(table, new MisfirePolicy.Last(), hours(3), hours(3).plusSeconds(1));

    assertThat(decision.fires()).isFalse();
    assertThat(decision.due()).isEqualTo(hours(3));
    assertThat(decision.suppressed()).map(Suppression::inWords).contains("inside 'rest' of c.ics");
    assertThat(decision.next()).contains(hours(4));
  }

  @Test
  void whatACalendarSuppressesIsNotCaughtUpWith() {
    Timetable table = withBlackout(Duration.ZERO);
    Instant now = hours(6).plusSeconds(1_800);

    assertThat(fired(table, new MisfirePolicy.Last(), now)).containsExactly(hours(2));
    assertThat(fired(table, new MisfirePolicy.Skip(), now)).isEmpty();
    assertThat(fired(table, new MisfirePolicy.All(9, Duration.ofDays(1)), now))
        .containsExactly(TEN, hours(1), hours(2));
    assertThat(fired(table, new MisfirePolicy.All(2, Duration.ofDays(1)), now.plusSeconds(3_600)))
        .containsExactly(hours(2), hours(7));
  }

  @Test
  void whoSleptThroughAnEventPassesOverAllOfItAtOnce() {
    Timetable table = withBlackout(Duration.ZERO);
    Decision decision =
        Firings.decide(table, new MisfirePolicy.Last(), hours(3), hours(9).plusSeconds(1_800));

    assertThat(decision.due()).isEqualTo(hours(6));
    assertThat(decision.missed())
        .isEqualTo(new Missed(3, Optional.of(hours(3)), Optional.of(hours(5))));
    assertThat(decision.next()).contains(hours(7));
  }

  @Test
  void withJitterTheClockStandsAtWhenToBeginAndTheFiringKeepsItsInstant() {
    Timetable table = withBlackout(Duration.ofMinutes(10));
    Instant wake = table.wake(hours(1));
    Decision decision = Firings.decide(table, new MisfirePolicy.Last(), wake, wake.plusSeconds(1));

    assertThat(wake).isAfter(hours(1));
    assertThat(decision.due()).isEqualTo(hours(1));
    assertThat(decision.fires()).isTrue();
    assertThat(decision.next()).contains(table.wake(hours(2)));
  }

  /** Whatever the policy, and however long nobody looked. */
  @Test
  void everyFiringIsAccountedForExactlyOnce() {
    Random random = new Random(3);
    for (int round = 0; round < 2_000; round++) {
      Timetable table = withBlackout(Duration.ofSeconds(random.nextInt(1_200)));
      MisfirePolicy policy =
          switch (random.nextInt(3)) {
            case 0 -> new MisfirePolicy.Skip();
            case 1 -> new MisfirePolicy.Last();
            default ->
                new MisfirePolicy.All(
                    1 + random.nextInt(5), Duration.ofMinutes(1 + random.nextInt(600)));
          };
      Instant now = TEN.plusSeconds(random.nextInt(60_000));
      Optional<Instant> clock = Optional.of(table.wake(TEN));
      int accounted = 0;
      while (clock.isPresent() && !clock.get().isAfter(now)) {
        Decision decision = Firings.decide(table, policy, clock.get(), now);
        accounted += 1 + decision.missed().count();
        assertThat(decision.fires() && table.suppressing(decision.due()).isPresent()).isFalse();
        clock = decision.next();
      }
      long due =
          table
              .forecast(TEN.minusNanos(1), now)
              .filter(entry -> !table.wake(entry.at()).isAfter(now))
              .count();
      assertThat(accounted).as("%s at %s", policy, now).isEqualTo((int) due);
    }
  }

  private static List<Instant> fired(MisfirePolicy policy, Instant now) {
    return fired(HOURLY, policy, now);
  }

  /** Claims until nothing is due any more, as the scheduler does. */
  private static List<Instant> fired(Timetable table, MisfirePolicy policy, Instant now) {
    List<Instant> fired = new ArrayList<>();
    Optional<Instant> next = Optional.of(TEN);
    while (next.isPresent() && !next.get().isAfter(now)) {
      Decision decision = Firings.decide(table, policy, next.get(), now);
      if (decision.fires()) {
        fired.add(decision.due());
      }
      next = decision.next();
    }
    return fired;
  }
}
