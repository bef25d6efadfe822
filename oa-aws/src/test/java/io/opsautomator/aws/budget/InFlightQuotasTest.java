package io.opsautomator.aws.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.opsautomator.action.ActionException;
import io.opsautomator.aws.budget.InFlightQuotas.Quota;
import io.opsautomator.resource.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InFlightQuotasTest {
  private static final Scope HERE = Scope.of("111122223333", "eu-west-1");
  private static final Scope THERE = Scope.of("111122223333", "eu-central-1");
  private static final Quota COPIES = Quota.SNAPSHOT_COPIES;
  private static final Duration HOUR = Duration.ofHours(1);

  private Instant now = Instant.parse("2026-03-02T12:00:00Z");
  private final BudgetStore store = BudgetStore.inMemory();
  private final InFlightQuotas quotas = quotas("one");
  private final InFlightQuotas elsewhere = quotas("two");

  private InFlightQuotas quotas(String worker) {
    return ApiBudgets.defaults().sharedBy(store, worker).time(() -> now, t -> {}).inFlight();
  }

  private int begin(int many) {
    int begun = 0;
    for (int i = 0; i < many; i++) {
      begun += quotas.begin(COPIES, HERE, "copy-" + i, HOUR) ? 1 : 0;
    }
    return begun;
  }

  @Test
  void twentyCopiesIntoARegionAndNoMoreUntilOneHasEnded() {
    assertThat(begin(25)).isEqualTo(20);
    assertThat(elsewhere.begin(COPIES, HERE, "another", HOUR)).isFalse();
    assertThat(elsewhere.begin(COPIES, THERE, "another", HOUR)).isTrue();

    elsewhere.end(COPIES, HERE, "copy-3");

    assertThat(quotas.begin(COPIES, HERE, "another", HOUR)).isTrue();
    assertThat(quotas.begin(COPIES, HERE, "one more", HOUR)).isFalse();
  }

  @Test
  void beginningAndEndingTwiceIsOnce() {
    assertThat(begin(20)).isEqualTo(20);
    assertThat(quotas.begin(COPIES, HERE, "copy-3", HOUR)).isTrue();
    quotas.end(COPIES, HERE, "copy-3");
    quotas.end(COPIES, HERE, "copy-3");
    quotas.end(COPIES, HERE, "never begun");
    assertThat(begin(25)).as("only copy-3 has room again").isEqualTo(20);
    assertThat(quotas.begin(COPIES, HERE, "another", HOUR)).isFalse();
  }

  @Test
  void aRefusalLowersTheLimitToWhatIsOpenAndItRecoversByOneAMinute() {
    assertThat(begin(13)).isEqualTo(13);
    quotas.refused(COPIES, HERE, "copy-12");

    assertThat(quotas.limit(COPIES, HERE)).isEqualTo(12);
    assertThat(elsewhere.begin(COPIES, HERE, "another", HOUR)).isFalse();

    now = now.plus(Duration.ofMinutes(3));
    assertThat(elsewhere.limit(COPIES, HERE)).isEqualTo(15);
    assertThat(elsewhere.begin(COPIES, HERE, "another", HOUR)).isTrue();

    now = now.plus(HOUR);
    assertThat(quotas.limit(COPIES, HERE)).isEqualTo(20);
  }

  @Test
  void evenWhenOthersHaveTakenItAllOneIsTried() {
    quotas.refused(COPIES, HERE, "first");
    assertThat(quotas.limit(COPIES, HERE)).isEqualTo(1);
    assertThat(quotas.begin(COPIES, HERE, "second", HOUR)).isTrue();
  }

  @Test
  void whatNobodyEndedIsForgottenAtItsTime() {
    assertThat(begin(20)).isEqualTo(20);
    now = now.plus(HOUR);
    assertThat(elsewhere.begin(COPIES, HERE, "another", HOUR)).isTrue();
  }

  @Test
  void aTextOfALaterVersionCountsAsNone() {
    store.replace("111122223333/eu-west-1/open/ec2/snapshot-copies", 0, "9 9 9", now);
    assertThat(quotas.begin(COPIES, HERE, "copy", HOUR)).isTrue();
  }

  @Test
  void whichFailuresAreAboutWhatIsOpen() {
    assertThat(List.of("ResourceLimitExceeded", "ConcurrentSnapshotLimitExceeded"))
        .allMatch(code -> InFlightQuotas.isRefusal(new ActionException(code, "full")));
    assertThat(InFlightQuotas.isRefusal(new ActionException("RequestLimitExceeded", "fast")))
        .isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Quota("odd", 0))
        .withMessage("odd: a quota is at least 1, not 0");
  }

  /** Against a plain set, whatever happens in whatever order. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void neverAreMoreOpenThanTheQuotaAndNoneIsLost(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Quota quota = new Quota("odd", 3);
    Set<String> open = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      String holder = "h " + random.nextInt(8);
      InFlightQuotas worker = random.nextBoolean() ? quotas : elsewhere;
      if (random.nextBoolean()) {
        boolean room = open.contains(holder) || open.size() < 3;
        assertThat(worker.begin(quota, HERE, holder, Duration.ofDays(9))).isEqualTo(room);
        if (room) {
          open.add(holder);
        }
      } else {
        worker.end(quota, HERE, holder);
        open.remove(holder);
      }
    }
  }
}
