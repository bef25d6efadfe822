package io.opsautomator.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.engine.internal.Firings.Decision;
import io.opsautomator.schedule.MisfirePolicy;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.store.Run.Missed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What comes of instants that are due. */
final class FiringsTest {
  private static final List<Schedule> HOURLY = List.of(Schedule.cron("0 * * * *", "UTC"));
  private static final Instant TEN = Instant.parse("2026-01-05T10:00:00Z");

  private static Instant hours(int hours) {
    return TEN.plus(Duration.ofHours(hours));
  }

  @Test
  void whatIsNotLateFiresWhateverThePolicy() {
    Decision decision = Firings.decide(HOURLY, new MisfirePolicy.Skip(), TEN, TEN.plusSeconds(299));

    assertThat(decision).isEqualTo(new Decision(TEN, true, Missed.NONE, Optional.of(hours(1))));
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
    List<Schedule> both =
        List.of(Schedule.cron("0 12 * * *", "UTC"), Schedule.cron("30 11 * * *", "UTC"));

    assertThat(Firings.next(both, TEN)).contains(TEN.plus(Duration.ofMinutes(90)));
  }

  /** Claims until nothing is due any more, as the scheduler does. */
  private static List<Instant> fired(MisfirePolicy policy, Instant now) {
    List<Instant> fired = new ArrayList<>();
    Optional<Instant> next = Optional.of(TEN);
    while (next.isPresent() && !next.get().isAfter(now)) {
      Decision decision = Firings.decide(HOURLY, policy, next.get(), now);
      if (decision.fires()) {
        fired.add(decision.due());
      }
      next = decision.next();
    }
    return fired;
  }
}
