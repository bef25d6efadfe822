package io.opsautomator.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.Vitals;
import io.opsautomator.Vitals.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HealthTest {
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

  private static Optional<Instant> ago(Duration age) {
    return Optional.of(NOW.minus(age));
  }

  private static Health health(
      State state,
      Optional<Instant> ticked,
      Optional<Instant> answered,
      Optional<Instant> silentSince) {
    return new Health(
        () -> new Vitals(state, ticked, answered, 1, 2, silentSince), InstantSource.fixed(NOW));
  }

  private static Health working(Duration tick, Duration silence) {
    return health(State.WORKING, ago(tick), ago(tick), ago(silence));
  }

  @Test
  void anEngineThatTicksAndWorksIsLiveAndReady() {
    Health health = working(Duration.ofSeconds(59), Duration.ofMinutes(4));

    assertThat(health.live().well()).isTrue();
    assertThat(health.ready().well()).isTrue();
  }

  @Test
  void oneThatDoesNotTickIsNeitherLiveNorReady() {
    Health health = working(Duration.ofSeconds(181), Duration.ZERO);

    assertThat(health.live().reasons())
        .containsExactly("the last tick was 181 s ago; one is due a minute");
    assertThat(health.ready().reasons()).isEqualTo(health.live().reasons());
  }

  @Test
  void anExecutionThatIsSilentForLongerThanALeaseIsAReasonToStartAnew() {
    assertThat(working(Duration.ZERO, Duration.ofSeconds(301)).live().reasons())
        .singleElement()
        .asString()
        .contains("301 s", "lease is over");
  }

  @Test
  void aStoreThatDoesNotAnswerFailsReadinessAndNotLiveness() {
    Health health =
        health(
            State.WORKING,
            ago(Duration.ofSeconds(10)),
            ago(Duration.ofSeconds(70)),
            Optional.empty());

    assertThat(health.live().well()).isTrue();
    assertThat(health.ready().reasons())
        .containsExactly(
            "the store did not answer the last tick; it last did at 2026-03-02T11:58:50Z");
  }

  @Test
  void oneThatHasNotBegunOrIsClosingIsLetAloneAndGivenNothing() {
    Optional<Instant> never = Optional.empty();
    Health fresh = health(State.NEW, never, never, never);
    Health closing = health(State.CLOSING, ago(Duration.ofHours(1)), never, never);

    assertThat(fresh.live().well()).isTrue();
    assertThat(fresh.ready().reasons()).containsExactly("it has not begun to take messages");
    assertThat(closing.live().well()).isTrue();
    assertThat(closing.ready().reasons())
        .containsExactly("it is closing, and takes no more messages");
  }
}
