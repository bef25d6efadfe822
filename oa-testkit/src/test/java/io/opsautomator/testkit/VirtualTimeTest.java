package io.opsautomator.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.dispatch.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class VirtualTimeTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private final VirtualTime time = VirtualTime.startingAt(START);
  private final List<String> done = new ArrayList<>();

  @Test
  void standsStillUntilItIsMoved() {
    assertThat(time.instant()).isEqualTo(START);
    time.advance(Duration.ofHours(5));
    assertThat(time.instant()).isEqualTo(START.plus(Duration.ofHours(5)));
  }

  @Test
  void runsTimersInTheOrderOfTheirInstantsAndTiesInTheOrderOfSetting() {
    time.schedule(Duration.ofSeconds(2), () -> done.add("c"));
    time.schedule(Duration.ofSeconds(1), () -> done.add("a"));
    time.schedule(Duration.ofSeconds(1), () -> done.add("b"));
    time.advance(Duration.ofSeconds(2));
    assertThat(done).containsExactly("a", "b", "c");
  }

  @Test
  void showsATimerItsOwnInstant() {
    time.schedule(Duration.ofSeconds(7), () -> done.add(time.instant().toString()));
    time.advance(Duration.ofMinutes(1));
    assertThat(done).containsExactly("2026-03-01T00:00:07Z");
  }

  @Test
  void runsWhatIsReadyBeforeTheClockMoves() {
    time.schedule(Duration.ofSeconds(1), () -> done.add("timer"));
    time.execute(
        () -> {
          done.add("first");
          time.execute(() -> done.add("second"));
        });
    time.advance(Duration.ofSeconds(1));
    assertThat(done).containsExactly("first", "second", "timer");
  }

  @Test
  void leavesLaterTimersAlone() {
    time.schedule(Duration.ofSeconds(3), () -> done.add("late"));
    assertThat(time.runUntilIdle(Duration.ofSeconds(2))).isFalse();
    assertThat(done).isEmpty();
    assertThat(time.runUntilIdle(Duration.ofSeconds(3))).isTrue();
    assertThat(time.instant()).isEqualTo(START.plusSeconds(3));
  }

  @Test
  void forgetsACancelledTimer() {
    Timer.Alarm alarm = time.schedule(Duration.ofSeconds(1), () -> done.add("never"));
    alarm.cancel();
    alarm.cancel();
    assertThat(time.runUntilIdle(Duration.ofSeconds(5))).isTrue();
    assertThat(done).isEmpty();
  }

  @Test
  void forgetsEverythingWhenItsProcessDies() {
    time.execute(() -> done.add("ready"));
    time.schedule(Duration.ofSeconds(1), () -> done.add("later"));
    time.forget();
    assertThat(time.pending()).isZero();
    time.advance(Duration.ofMinutes(1));
    assertThat(done).isEmpty();
  }

  @Test
  void runsATimerOfThePastAtOnce() {
    time.at(START.minusSeconds(9), () -> done.add(time.instant().toString()));
    time.advance(Duration.ZERO);
    assertThat(done).containsExactly(START.toString());
  }

  @Test
  void refusesToGoBackOrToBeMovedByATask() {
    assertThatThrownBy(() -> time.runUntil(START.minusSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("backwards");
    time.execute(() -> time.advance(Duration.ofSeconds(1)));
    assertThatThrownBy(() -> time.advance(Duration.ofSeconds(1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void goesOnAfterATaskThatThrew() {
    time.execute(
        () -> {
          throw new IllegalStateException("broken");
        });
    time.execute(() -> done.add("next"));
    assertThatThrownBy(() -> time.advance(Duration.ZERO)).hasMessage("broken");
    time.advance(Duration.ZERO);
    assertThat(done).containsExactly("next");
  }

  @Test
  void playsAMillionEventsInOrder() {
    SplittableRandom random = new SplittableRandom(7);
    int[] ran = {0};
    Instant[] last = {START};
    for (int i = 0; i < 1_000_000; i++) {
      time.schedule(
          Duration.ofMillis(random.nextInt(1_000_000)),
          () -> {
            ran[0] += time.instant().isBefore(last[0]) ? 0 : 1;
            last[0] = time.instant();
          });
    }
    assertThat(time.runUntilIdle(Duration.ofHours(1))).isTrue();
    assertThat(ran[0]).isEqualTo(1_000_000);
  }
}
