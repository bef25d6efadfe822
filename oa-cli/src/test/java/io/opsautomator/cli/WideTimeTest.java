package io.opsautomator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class WideTimeTest {
  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
  private final WideTime time = new WideTime(START);
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

  private void see(String what) {
    seen.add(what + "@" + Duration.between(START, time.instant()).toSeconds());
  }

  @Test
  void jumpsFromAlarmToAlarmAndStopsAtTheEnd() throws InterruptedException {
    time.at(START.plusSeconds(20), () -> see("second"));
    time.at(START.plusSeconds(10), () -> see("first"));
    time.at(START.plusSeconds(40), () -> see("late"));
    time.runUntil(START.plusSeconds(30));
    assertThat(seen).containsExactly("first@10", "second@20");
    assertThat(time.instant()).isEqualTo(START.plusSeconds(30));
  }

  @Test
  void standsStillWhileAnythingRuns() throws InterruptedException {
    AtomicInteger steps = new AtomicInteger();
    time.at(START.plusSeconds(10), () -> time.execute(() -> step(steps)));
    time.at(START.plusSeconds(20), () -> see("after " + steps.get()));
    time.runUntil(START.plusSeconds(20));
    assertThat(seen).containsExactly("after 100@20");
  }

  private void step(AtomicInteger steps) {
    if (steps.incrementAndGet() < 100) {
      time.execute(() -> step(steps));
    }
  }

  @Test
  void worksSideBySideWithinAnInstant() throws InterruptedException {
    CyclicBarrier both = new CyclicBarrier(2, () -> see("met"));
    for (int i = 0; i < 2; i++) {
      time.execute(() -> meet(both));
    }
    time.runUntil(START);
    assertThat(seen).containsExactly("met@0");
  }

  private static void meet(CyclicBarrier both) {
    try {
      both.await(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aCancelledAlarmIsSilent() throws InterruptedException {
    time.at(START.plusSeconds(5), () -> see("never")).cancel();
    time.runUntil(START.plusSeconds(10));
    assertThat(seen).isEmpty();
  }

  @Test
  void whatIsDueWithinTenSecondsIsDoneTogetherAndNeverEarly() throws InterruptedException {
    time.at(START.plusMillis(1), () -> see("a"));
    time.at(START.plusSeconds(10), () -> see("b"));
    time.runUntil(START.plusSeconds(15));
    assertThat(seen).containsExactly("a@10", "b@10");
  }
}
