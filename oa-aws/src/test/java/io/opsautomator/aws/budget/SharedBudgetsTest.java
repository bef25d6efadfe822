package io.opsautomator.aws.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.action.Deadline;
import io.opsautomator.action.TransientException;
import io.opsautomator.resource.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SharedBudgetsTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Scope HERE = Scope.of("111122223333", "eu-west-1");
  private static final Scope THERE = Scope.of("111122223333", "eu-central-1");

  private Instant now = NOON;
  private final ApiBudgets budgets =
      ApiBudgets.defaults()
          .rate("ec2", "mutate", new Rate(2, 1))
          .time(() -> now, time -> now = now.plus(time));

  private static BudgetedCall stop(Scope scope) {
    return new BudgetedCall(scope, "ec2", "StopInstances", false, false);
  }

  private Deadline in(Duration time) {
    return new Deadline(now.plus(time), () -> now);
  }

  @Test
  void aCallWaitsForItsTurnAndSaysForHowLong() {
    CallBudget budget = budgets.open();
    assertThat(budget.admit(stop(HERE), in(Duration.ofMinutes(5)))).isZero();
    assertThat(budget.admit(stop(HERE), in(Duration.ofMinutes(5))))
        .isBetween(Duration.ofMillis(500), Duration.ofSeconds(5));
  }

  @Test
  void otherRegionsOtherServicesAndReadsDoNotWaitForIt() {
    CallBudget budget = budgets.open();
    budget.admit(stop(HERE), in(Duration.ofMinutes(5)));

    assertThat(budget.admit(stop(THERE), in(Duration.ZERO))).isZero();
    assertThat(
            budget.admit(
                new BudgetedCall(HERE, "ec2", "DescribeInstances", true, false), in(Duration.ZERO)))
        .isZero();
    assertThat(
            budget.admit(
                new BudgetedCall(HERE, "ec2", "CreateTags", false, false), in(Duration.ZERO)))
        .isZero();
    assertThat(
            budget.admit(
                new BudgetedCall(HERE, "rds", "StopDBInstance", false, false), in(Duration.ZERO)))
        .isZero();
  }

  @Test
  void aCallThatGetsNoTurnBeforeItsDeadlineIsToBeMadeLater() {
    CallBudget budget = budgets.open();
    budget.admit(stop(HERE), in(Duration.ofMinutes(5)));

    assertThatThrownBy(() -> budget.admit(stop(HERE), in(Duration.ofMillis(300))))
        .isInstanceOfSatisfying(
            TransientException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(TransientException.Kind.THROTTLED);
              assertThat(e.code()).isEqualTo(ApiBudgets.SPENT);
            })
        .hasMessage(
            "ec2:StopInstances in 111122223333/eu-west-1 was not called: the budget of ec2/mutate in"
                + " 111122223333/eu-west-1 is spent; this worker's share is 1.60 calls a second,"
                + " and none came free in 300 ms");
    assertThat(now).isEqualTo(NOON.plusMillis(300));
  }

  @Test
  void noCallHoldsAThreadForLongerThanThePatienceThatWasSet() {
    CallBudget budget = budgets.patience(Duration.ofMillis(500)).open();
    budget.admit(stop(HERE), in(Duration.ofHours(1)));

    assertThatThrownBy(() -> budget.admit(stop(HERE), in(Duration.ofHours(1))))
        .isInstanceOf(TransientException.class);
    assertThat(now).isEqualTo(NOON.plusMillis(500));
  }

  @Test
  void whoIsInterruptedStopsWaitingAndStaysInterrupted() {
    CallBudget budget =
        budgets
            .time(
                () -> now,
                time -> {
                  throw new InterruptedException("closing");
                })
            .open();
    budget.admit(stop(HERE), in(Duration.ofHours(1)));

    assertThatThrownBy(() -> budget.admit(stop(HERE), in(Duration.ofHours(1))))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void manyThreadsTogetherGetNoMoreThanOne() throws Exception {
    CallBudget budget =
        ApiBudgets.defaults().headroom(0).rate("ec2", "mutate", new Rate(100, 1)).open();
    Deadline deadline = new Deadline(Instant.now().plusSeconds(60), Instant::now);
    long began = System.nanoTime();
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Future<?>> all = new ArrayList<>();
      IntStream.range(0, 16)
          .forEach(
              thread ->
                  all.add(
                      threads.submit(
                          () -> {
                            for (int i = 0; i < 10; i++) {
                              budget.admit(stop(HERE), deadline);
                            }
                          })));
      for (Future<?> one : all) {
        one.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(1400));
  }

  @Test
  void whatTheServiceRefusesLowersTheShareOfAllWhoShareTheStore() {
    BudgetStore store = BudgetStore.inMemory();
    CallBudget one = budgets.sharedBy(store, "one").open();
    one.admit(stop(HERE), in(Duration.ofMinutes(5)));
    one.answered(stop(HERE), true);
    now = now.plusSeconds(7);
    one.admit(stop(HERE), in(Duration.ofMinutes(5)));

    String text = store.find("111122223333/eu-west-1/ec2/mutate").orElseThrow().text();
    assertThat(PoolText.read(text).limit().perSecond()).isLessThan(2);
  }

  @Test
  void manyThatNobodyUsesAnyMoreAreForgotten() {
    CallBudget budget = budgets.open();
    for (int i = 0; i < 20_000; i++) {
      Scope scope = Scope.of("%012d".formatted(i), "eu-west-1");
      budget.admit(stop(scope), in(Duration.ofMinutes(5)));
      now = now.plusMillis(100);
    }
    assertThat(((SharedBudgets) budget).size()).isLessThan(10_000);
  }

  @Test
  void settingsThatCannotBeAreRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> budgets.headroom(1))
        .withMessage("headroom is 1.0, not from 0 to 0.9");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> budgets.patience(Duration.ofHours(1)))
        .withMessageContaining("patience is PT1H");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rate(0, 1))
        .withMessageContaining("perSecond is 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rate(1, 0))
        .withMessageContaining("burst is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> budgets.sharedBy(BudgetStore.inMemory(), " "))
        .withMessageContaining("needs a name");
  }

  @Test
  void switchedOffNothingWaits() {
    CallBudget budget = ApiBudgets.off().open();
    for (int i = 0; i < 1000; i++) {
      assertThat(budget.admit(stop(HERE), in(Duration.ZERO))).isZero();
      budget.answered(stop(HERE), true);
    }
  }
}
