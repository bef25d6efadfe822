package io.opsautomator.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BudgetTest {
  private static final Instant NOW = Instant.parse("2026-01-05T08:17:42.5Z");

  @Test
  void aDayBeginsAtMidnightUtc() {
    assertThat(new Budget(5, Duration.ofHours(24)).window(NOW))
        .isEqualTo("2026-01-05T00:00:00Z/PT24H");
    assertThat(new Budget(5, Duration.ofHours(1)).window(NOW))
        .isEqualTo("2026-01-05T08:00:00Z/PT1H");
    assertThat(new Budget(5, Duration.ofMinutes(15)).window(NOW))
        .isEqualTo("2026-01-05T08:15:00Z/PT15M");
  }

  @Test
  void aWeekBeginsOnThursdayAs1970Did() {
    assertThat(new Budget(5, Duration.ofDays(7)).window(NOW))
        .isEqualTo("2026-01-01T00:00:00Z/PT168H");
  }

  @Test
  void everyInstantIsInExactlyTheWindowThatBeginsAtOrBeforeIt() {
    Random random = new Random(41);
    for (int i = 0; i < 2_000; i++) {
      Budget budget = new Budget(1, Duration.ofSeconds(60 + random.nextInt(1_000_000)));
      Instant at = NOW.plusSeconds(random.nextInt()).plusNanos(random.nextInt(1_000_000_000));
      Instant begin = Instant.parse(budget.window(at).split("/")[0]);
      assertThat(begin).isBeforeOrEqualTo(at).isAfter(at.minus(budget.per()));
      assertThat(budget.window(begin)).isEqualTo(budget.window(at));
      assertThat(budget.window(begin.minusNanos(1))).isNotEqualTo(budget.window(at));
      assertThat(budget.window(begin.plus(budget.per()))).isNotEqualTo(budget.window(at));
    }
  }

  @Test
  void aBudgetThatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> new Budget(0, Duration.ofHours(1)))
        .hasMessage("'0' is not at least 1");
    for (Duration per :
        List.of(
            Duration.ZERO,
            Duration.ofSeconds(59),
            Duration.ofMillis(60_500),
            Duration.ofDays(367),
            Duration.ofHours(-24))) {
      assertThatThrownBy(() -> new Budget(1, per))
          .hasMessage("'" + per + "' is not a length of whole seconds from one minute to 366 days");
    }
  }
}
