package io.opsautomator.aws.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.aws.budget.Allowance.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AllowanceTest {
  private final CountingBudgetStore store = new CountingBudgetStore(BudgetStore.inMemory());
  private Instant now = Instant.parse("2026-03-02T12:00:00Z");
  private final Allowance allowance = allowance("worker-1");

  private Allowance allowance(String worker) {
    return new Allowance(
        new Allowance.Settings(new Rate(10, 20), 0.2), new SharedPool(store, "key", worker), now);
  }

  private boolean takes(Place place) {
    return allowance.ask(place, now).isZero();
  }

  @Test
  void theFirstCallerNeedNotWait() {
    assertThat(takes(allowance.enter(false))).isTrue();
    assertThat(takes(allowance.enter(false))).isFalse();
  }

  @Test
  void whoWaitsIsServedInTheOrderOfComing() {
    assertThat(takes(allowance.enter(false))).isTrue();
    Place first = allowance.enter(false);
    Place second = allowance.enter(false);
    now = now.plus(allowance.ask(first, now));

    assertThat(takes(second)).isFalse();
    assertThat(takes(first)).isTrue();
    now = now.plus(allowance.ask(second, now));
    assertThat(takes(second)).isTrue();
  }

  @Test
  void completionChecksGoBeforeNewWorkThatHasWaitedLonger() {
    assertThat(takes(allowance.enter(false))).isTrue();
    List<String> served = new ArrayList<>();
    Place start = allowance.enter(false);
    Place check = allowance.enter(true);
    for (int i = 0; i < 100 && served.size() < 2; i++) {
      now = now.plusMillis(50);
      if (!served.contains("start") && takes(start)) {
        served.add("start");
      }
      if (!served.contains("check") && takes(check)) {
        served.add("check");
      }
    }
    assertThat(served).containsExactly("check", "start");
  }

  @Test
  void whoLeavesTheLineHoldsUpNobody() {
    assertThat(takes(allowance.enter(false))).isTrue();
    Place gone = allowance.enter(true);
    Place next = allowance.enter(false);
    allowance.leave(gone);
    now = now.plus(allowance.ask(next, now));

    assertThat(takes(next)).isTrue();
  }

  @Test
  void aPartOfWhatIsDocumentedIsLeftToOthers() {
    for (int i = 0; i < 4; i++) {
      allowance.ask(allowance.enter(false), now);
      now = now.plusSeconds(3);
    }
    assertThat(allowance.perSecond()).isPositive().isLessThanOrEqualTo(10 * 0.8);
  }

  @Test
  void aBudgetThatNobodyUsesWritesNothingAndIsForgotten() {
    assertThat(takes(allowance.enter(false))).isTrue();
    assertThat(store.writes()).isOne();
    assertThat(allowance.idle(now)).isFalse();

    now = now.plus(Duration.ofHours(1));

    assertThat(allowance.idle(now)).isTrue();
    assertThat(store.writes()).isOne();
  }

  @Test
  void withoutTheStoreThereIsALittle() {
    store.away(true);
    assertThat(takes(allowance.enter(false))).isTrue();
    assertThat(allowance.perSecond()).isBetween(0.5, 1.0);

    store.away(false);
    now = now.plusSeconds(4);
    Place place = allowance.enter(false);
    allowance.ask(place, now);
    assertThat(allowance.perSecond()).isBetween(1.9, 8.0);
  }

  @Test
  void aTextOfALaterVersionIsBegunAnew() {
    assertThat(store.replace("key", BudgetStore.ABSENT, "9 what is this", now)).isTrue();

    assertThat(takes(allowance.enter(false))).isTrue();

    assertThat(store.find("key").orElseThrow().text()).startsWith("1 10.0 ");
  }
}
