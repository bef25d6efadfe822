package io.opsautomator.aws.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LearntLimitTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Heard PRESSED = new Heard(0, 20, true, Optional.empty(), 0);

  private final LearntLimit documented = LearntLimit.documented(new Rate(20, 100), NOON);

  private static Heard refused(long generation, long many, Instant since) {
    return new Heard(generation, 20, true, Optional.of(since), many);
  }

  @Test
  void whatNobodyAsksForDoesNotGrow() {
    assertThat(documented.after(Heard.NOTHING, 0, NOON.plusSeconds(60)).perSecond()).isEqualTo(20);
  }

  @Test
  void whatWasNeverRefusedGrowsWhileSomebodyWantsMore() {
    LearntLimit limit = documented.after(PRESSED, 0, NOON.plusSeconds(10));
    assertThat(limit.perSecond()).isCloseTo(24, within(0.01));
    assertThat(limit.known()).isZero();
  }

  @Test
  void refusalsAreListenedToForAWhileAndThenLowerItByTheirPart() {
    LearntLimit heard = documented.after(refused(0, 30, NOON), 0, NOON.plusSeconds(3));
    assertThat(heard.perSecond()).isEqualTo(20);
    assertThat(heard.generation()).isZero();

    LearntLimit lowered = heard.after(refused(0, 30, NOON.plusSeconds(3)), 0, NOON.plusSeconds(6));

    // 60 of about 120 calls: half of 20 went through.
    assertThat(lowered.known()).isCloseTo(10, within(0.2));
    assertThat(lowered.perSecond()).isCloseTo(9, within(0.2));
    assertThat(lowered.generation()).isOne();
  }

  @Test
  void withHeadroomItNeedNotGoBelowWhatWentThrough() {
    LearntLimit lowered = documented.after(refused(0, 10, NOON), 0.2, NOON.plusSeconds(6));

    assertThat(lowered.perSecond()).isCloseTo(lowered.known(), within(0.01));
    assertThat(lowered.usable(0.2)).isCloseTo(lowered.known() * 0.8, within(0.01));
  }

  @Test
  void oneRefusalAmongFewCallsChangesLittle() {
    LearntLimit slow = LearntLimit.documented(new Rate(0.5, 1), NOON);
    LearntLimit lowered = slow.after(refused(0, 1, NOON), 0, NOON.plusSeconds(6));
    assertThat(lowered.known()).isBetween(0.39, 0.45);
  }

  @Test
  void noReportLowersItByMoreThanHalf() {
    LearntLimit lowered = documented.after(refused(0, 100_000, NOON), 0, NOON.plusSeconds(6));
    assertThat(lowered.known()).isEqualTo(10);
  }

  @Test
  void whatCameOfTheLimitBeforeDoesNotCountAgain() {
    LearntLimit lowered = documented.after(refused(0, 60, NOON), 0, NOON.plusSeconds(6));

    Instant later = NOON.plusSeconds(30);
    assertThat(lowered.after(refused(0, 60, later.minusSeconds(8)), 0, later).generation()).isOne();
    Instant soon = NOON.plusSeconds(12);
    assertThat(lowered.after(refused(1, 60, soon.minusSeconds(6)), 0, soon).generation()).isOne();
    assertThat(lowered.after(refused(1, 60, later.minusSeconds(8)), 0, later).generation())
        .isEqualTo(2);
  }

  @Test
  void itClimbsBackToWhatIsKnownAndStaysThereForTenMinutes() {
    LearntLimit limit = documented.after(refused(0, 60, NOON), 0, NOON.plusSeconds(6));
    double known = limit.known();
    Instant now = NOON.plusSeconds(6);
    for (int i = 0; i < 40; i++) {
      now = now.plusSeconds(12);
      limit = limit.after(PRESSED, 0, now);
      assertThat(limit.perSecond()).isLessThanOrEqualTo(known);
    }
    assertThat(limit.perSecond()).isEqualTo(known);

    now = now.plus(Duration.ofMinutes(3));
    assertThat(limit.after(PRESSED, 0, now).perSecond())
        .isGreaterThan(known)
        .isLessThan(known * 1.11);
  }

  @Test
  void whatIsKnownIsForgottenOnceItIsFarExceeded() {
    LearntLimit limit = documented.after(refused(0, 60, NOON), 0, NOON.plusSeconds(6));
    Instant now = NOON.plus(Duration.ofMinutes(11));
    for (int i = 0; i < 10; i++) {
      now = now.plusSeconds(12);
      limit = limit.after(PRESSED, 0, now);
    }
    assertThat(limit.known()).isZero();
  }

  @Test
  void aClockThatGoesBackMakesNothingGrow() {
    assertThat(documented.after(PRESSED, 0, NOON.minusSeconds(100)).perSecond()).isEqualTo(20);
  }
}
