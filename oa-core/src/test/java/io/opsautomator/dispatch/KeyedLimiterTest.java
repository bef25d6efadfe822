package io.opsautomator.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.dispatch.KeyedLimiter.Bounds;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class KeyedLimiterTest {
  private static final long SECOND = 1_000_000_000L;

  private record Alarm(long at, long order, Runnable task) {}

  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>(Comparator.comparing(Alarm::at).thenComparing(Alarm::order));
  private long now;
  private long order;

  private KeyedLimiter<String> limiter(Bounds bounds) {
    return new KeyedLimiter<>(
        bounds, () -> now, (nanos, task) -> alarms.add(new Alarm(now + nanos, order++, task)));
  }

  private void passTo(long until) {
    while (!alarms.isEmpty() && alarms.peek().at() <= until) {
      Alarm next = alarms.remove();
      now = Math.max(now, next.at());
      next.task().run();
    }
    now = until;
  }

  @Test
  void soManyAtOnceForEachKeyAndOneMoreWhenOneIsGivenBack() {
    KeyedLimiter<String> limiter = limiter(Bounds.atOnce(2));
    Permit first = limiter.tryAcquire("a");
    assertThat(first.granted()).isTrue();
    assertThat(limiter.tryAcquire("a").granted()).isTrue();
    assertThat(limiter.tryAcquire("a").granted()).isFalse();
    assertThat(limiter.tryAcquire("b").granted()).isTrue();
    first.close();
    assertThat(limiter.tryAcquire("a").granted()).isTrue();
    assertThat(limiter.tryAcquire("a").granted()).isFalse();
  }

  @Test
  void aBurstAndThenOneEachTurn() {
    KeyedLimiter<String> limiter = limiter(Bounds.perSecond(10, 3));
    for (int i = 0; i < 3; i++) {
      assertThat(limiter.tryAcquire("a").granted()).isTrue();
    }
    Permit early = limiter.tryAcquire("a");
    assertThat(early.granted()).isFalse();
    assertThat(early.waitNanos()).isBetween(SECOND / 10, SECOND / 10 + 5_000);
    now += early.waitNanos();
    assertThat(limiter.tryAcquire("a").granted()).isTrue();
    assertThat(limiter.tryAcquire("a").granted()).isFalse();
    now += SECOND;
    for (int i = 0; i < 3; i++) {
      assertThat(limiter.tryAcquire("a").granted()).isTrue();
    }
    assertThat(limiter.tryAcquire("a").granted()).isFalse();
  }

  @Test
  void whatIsRefusedForOneBoundDrawsNothingFromTheOther() {
    KeyedLimiter<String> limiter = limiter(new Bounds(1, 1, 2));
    Permit only = limiter.tryAcquire("a");
    for (int i = 0; i < 5; i++) {
      assertThat(limiter.tryAcquire("a").granted()).isFalse();
    }
    only.close();
    Permit second = limiter.tryAcquire("a");
    assertThat(second.granted()).isTrue();
    second.close();
    assertThat(limiter.tryAcquire("a").granted()).isFalse();
    assertThat(limiter.tryAcquire("a").waitNanos()).isPositive();
    now += 2 * SECOND;
    assertThat(limiter.tryAcquire("a").granted()).isTrue();
  }

  @Test
  void aPauseHoldsBackItsOwnKeyOnly() {
    KeyedLimiter<String> limiter = limiter(Bounds.perSecond(100, 10));
    limiter.pause("a", Duration.ofSeconds(2));
    Permit refused = limiter.tryAcquire("a");
    assertThat(refused.granted()).isFalse();
    assertThat(refused.waitNanos()).isBetween(2 * SECOND - 5_000, 2 * SECOND);
    assertThat(limiter.tryAcquire("b").granted()).isTrue();
    now += 2 * SECOND;
    assertThat(limiter.tryAcquire("a").granted()).isTrue();
  }

  @Test
  void whoWaitsIsServedInOrderAndNobodyComesInBetween() {
    KeyedLimiter<String> limiter = limiter(Bounds.atOnce(1));
    List<String> served = new ArrayList<>();
    Permit held = limiter.tryAcquire("a");
    for (String who : List.of("first", "second", "third")) {
      assertThat(limiter.acquire("a", permit -> served.add(who)).granted()).isFalse();
    }
    assertThat(served).isEmpty();
    held.close();
    assertThat(served).containsExactly("first");
    assertThat(limiter.tryAcquire("a").granted()).isFalse();
    held.close();
    held.close();
    assertThat(served).containsExactly("first", "second", "third");
  }

  @Test
  void whoWaitsForATurnIsWokenWhenItComes() {
    KeyedLimiter<String> limiter = limiter(Bounds.perSecond(10, 1));
    List<Long> served = new ArrayList<>();
    limiter.tryAcquire("a");
    for (int i = 0; i < 3; i++) {
      limiter.acquire("a", permit -> served.add((now + SECOND / 20) / (SECOND / 10)));
    }
    passTo(SECOND);
    assertThat(served).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aHundredThousandWhoWaitAndGiveBackAtOnceNeedNoDeepStack() {
    KeyedLimiter<String> limiter = limiter(Bounds.atOnce(1));
    Permit held = limiter.tryAcquire("a");
    AtomicInteger served = new AtomicInteger();
    for (int i = 0; i < 100_000; i++) {
      limiter.acquire(
          "a",
          permit -> {
            served.incrementAndGet();
            permit.close();
          });
    }
    held.close();
    assertThat(served).hasValue(100_000);
    assertThat(limiter.tryAcquire("a").granted()).isTrue();
  }

  @Test
  void idleKeysAreForgotten() {
    KeyedLimiter<Integer> limiter =
        new KeyedLimiter<>(new Bounds(1, 1000, 1), () -> now, (nanos, task) -> task.run());
    Permit kept = limiter.tryAcquire(-1);
    for (int i = 0; i < 100_000; i++) {
      limiter.tryAcquire(i).close();
      now += SECOND / 1000;
    }
    assertThat(limiter.size()).isLessThan(3_000);
    assertThat(limiter.tryAcquire(-1).granted()).isFalse();
    kept.close();
    assertThat(limiter.tryAcquire(-1).granted()).isTrue();
  }

  @Test
  void aPermitIsGivenBackOnce() {
    KeyedLimiter<String> limiter = limiter(Bounds.atOnce(1));
    Permit permit = limiter.tryAcquire("a");
    permit.close();
    assertThatThrownBy(permit::close).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void boundsNameWhatIsWrong() {
    assertThatThrownBy(() -> new Bounds(0, 1, 1)).hasMessageContaining("atOnce is 0");
    assertThatThrownBy(() -> new Bounds(1, 0, 1)).hasMessageContaining("perSecond is 0.0");
    assertThatThrownBy(() -> new Bounds(1, Double.NaN, 1)).hasMessageContaining("perSecond is NaN");
    assertThatThrownBy(() -> new Bounds(1, 1, -3)).hasMessageContaining("burst is -3");
  }

  // -- Properties ---------------------------------------------------------------------------------

  /**
   * Everything that is asked for at random times, beside a plain model of who has waited longest.
   */
  @Test
  void overAnyHistoryNoBoundIsBrokenNoPermitLostAndTheOrderKept() {
    for (int seed = 0; seed < 500; seed++) {
      history(new SplittableRandom(seed));
    }
  }

  private void history(SplittableRandom random) {
    now = 0;
    alarms.clear();
    int burst = 1 + random.nextInt(5);
    int perSecond = 1 + random.nextInt(50);
    Bounds bounds = new Bounds(1 + random.nextInt(4), perSecond, burst);
    KeyedLimiter<String> limiter = limiter(bounds);
    ArrayDeque<Permit> held = new ArrayDeque<>();
    List<Long> grants = new ArrayList<>();
    ArrayDeque<Integer> queue = new ArrayDeque<>();
    for (int step = 0; step < 200; step++) {
      int number = step;
      switch (random.nextInt(4)) {
        case 0 -> passTo(now + random.nextLong(SECOND / 4));
        case 1 -> {
          Permit permit = limiter.tryAcquire("k");
          if (permit.granted()) {
            assertThat(queue).isEmpty();
            held.add(permit);
            grants.add(now);
          }
        }
        case 2 -> {
          queue.add(number);
          Permit permit =
              limiter.acquire(
                  "k",
                  later -> {
                    assertThat(queue.remove()).isEqualTo(number);
                    held.add(later);
                    grants.add(now);
                  });
          if (permit.granted()) {
            assertThat(queue.removeLast()).isEqualTo(number);
            assertThat(queue).isEmpty();
            held.add(permit);
            grants.add(now);
          }
        }
        default -> {
          if (!held.isEmpty()) {
            held.remove().close();
          }
        }
      }
      assertThat(held.size()).isLessThanOrEqualTo(bounds.atOnce());
    }
    for (int i = 0; i < 1000 && !(held.isEmpty() && queue.isEmpty()); i++) {
      passTo(now + SECOND);
      while (!held.isEmpty()) {
        held.remove().close();
      }
    }
    assertThat(queue).isEmpty();
    requireRate(grants, perSecond, burst);
    passTo(now + 10 * SECOND);
    for (int i = 0; i < Math.min(bounds.atOnce(), burst); i++) {
      assertThat(limiter.tryAcquire("k").granted()).isTrue();
    }
  }

  /** In any stretch of time not more than the burst and what the rate allows. */
  private static void requireRate(List<Long> grants, int perSecond, int burst) {
    for (int from = 0; from < grants.size(); from++) {
      for (int to = from; to < grants.size(); to++) {
        double time = (grants.get(to) - grants.get(from) + 2_048) / (double) SECOND;
        assertThat(to - from + 1).isLessThanOrEqualTo((int) Math.floor(burst + time * perSecond));
      }
    }
  }

  @Test
  void manyThreadsNeverHoldMoreThanAllowedAndEachIsServed() throws Exception {
    KeyedLimiter<Integer> limiter =
        new KeyedLimiter<>(Bounds.atOnce(3), () -> 0, (nanos, task) -> task.run());
    int threads = 4;
    int each = 20_000;
    AtomicInteger[] at = {new AtomicInteger(), new AtomicInteger()};
    AtomicInteger most = new AtomicInteger();
    CountDownLatch served = new CountDownLatch(threads * each);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        all.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < each; i++) {
                    int key = i & 1;
                    Permit permit = limiter.acquire(key, p -> work(p, at[key], most, served));
                    if (permit.granted()) {
                      work(permit, at[key], most, served);
                    }
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get(60, TimeUnit.SECONDS);
      }
      assertThat(served.await(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      pool.shutdownNow();
    }
    assertThat(most.get()).isBetween(1, 3);
    assertThat(at[0].get() + at[1].get()).isZero();
    assertThat(limiter.tryAcquire(0).granted()).isTrue();
  }

  private static void work(
      Permit permit, AtomicInteger at, AtomicInteger most, CountDownLatch served) {
    most.accumulateAndGet(at.incrementAndGet(), Math::max);
    Thread.onSpinWait();
    at.decrementAndGet();
    permit.close();
    served.countDown();
  }
}
