package io.opsautomator.dispatch.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.Timer;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a queue must guarantee: at least once, not before its delay, back after a fault. */
final class InProcessQueueTest {
  private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final List<Instant> alarms = new ArrayList<>();
  private final List<Runnable> later = new ArrayList<>();
  private final Timer timer =
      (when, task) -> {
        alarms.add(when);
        later.add(task);
        return () -> {};
      };
  private final InProcessQueue direct =
      new InProcessQueue(Runnable::run, timer, java.time.InstantSource.fixed(NOW), 1);

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  private static Message start(int i) {
    return new Message.Start(new ExecutionId("x" + i), 0, Optional.empty());
  }

  private static List<Message> starts(int count) {
    List<Message> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(start(i));
    }
    return all;
  }

  @Test
  void everyMessageIsDeliveredOnceByManyWorkers() throws InterruptedException {
    InProcessQueue queue = new InProcessQueue(pool, timer, Clock.systemUTC(), 8);
    Set<Message> seen = ConcurrentHashMap.newKeySet();
    AtomicInteger twice = new AtomicInteger();
    CountDownLatch left = new CountDownLatch(20_000);
    queue.send(starts(10_000), Duration.ZERO);
    queue.deliverTo(
        delivery -> {
          if (!seen.add(delivery.message())) {
            twice.incrementAndGet();
          }
          delivery.acknowledge();
          left.countDown();
        });
    for (int i = 10_000; i < 20_000; i++) {
      queue.send(List.of(start(i)), Duration.ZERO);
    }

    assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();
    queue.close();
    assertThat(seen).hasSize(20_000);
    assertThat(twice).hasValue(0);
  }

  @Test
  void neverMoreAreAtWorkThanAllowed() throws InterruptedException {
    InProcessQueue queue = new InProcessQueue(pool, timer, Clock.systemUTC(), 3);
    AtomicInteger working = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch left = new CountDownLatch(3_000);
    queue.deliverTo(
        delivery -> {
          most.accumulateAndGet(working.incrementAndGet(), Math::max);
          Thread.yield();
          working.decrementAndGet();
          left.countDown();
        });
    queue.send(starts(3_000), Duration.ZERO);

    assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(most.get()).isBetween(1, 3);
    queue.close();
  }

  @Test
  void w2_aHandlerThatThrowsGetsTheMessageAgainAfterAGrowingPause() {
    List<Integer> receipts = new ArrayList<>();
    direct.deliverTo(
        delivery -> {
          receipts.add(delivery.receipts());
          throw new IllegalStateException("not today");
        });
    direct.send(List.of(start(1)), Duration.ZERO);
    later.remove(0).run();
    later.remove(0).run();

    assertThat(receipts).containsExactly(1, 2, 3);
    assertThat(alarms).containsExactly(NOW.plusSeconds(1), NOW.plusSeconds(2), NOW.plusSeconds(4));
  }

  @Test
  void anErrorEndsTheWorkerButNotTheQueue() {
    List<Message> seen = new ArrayList<>();
    direct.deliverTo(
        delivery -> {
          seen.add(delivery.message());
          if (seen.size() == 1) {
            throw new AssertionError("a bug");
          }
        });

    assertThatThrownBy(() -> direct.send(List.of(start(1)), Duration.ZERO))
        .isInstanceOf(AssertionError.class);
    direct.send(List.of(start(2)), Duration.ZERO);
    assertThat(seen).containsExactly(start(1), start(2));
  }

  @Test
  void w2_aMessageOutlivesAnErrorOfItsHandler() {
    Message check = new Message.Check(new ExecutionId("x"), 1, Optional.empty());
    List<Integer> receipts = new ArrayList<>();
    direct.deliverTo(
        delivery -> {
          receipts.add(delivery.receipts());
          if (receipts.size() == 1) {
            throw new NoClassDefFoundError("of an action");
          }
          delivery.acknowledge();
        });

    assertThatThrownBy(() -> direct.send(List.of(check), Duration.ZERO))
        .isInstanceOf(NoClassDefFoundError.class);
    assertThat(alarms).containsExactly(NOW.plusSeconds(1));
    later.remove(0).run();
    direct.send(List.of(check), Duration.ZERO);
    assertThat(receipts).containsExactly(1, 2, 1);
  }

  @Test
  void aWorkerThatTheExecutorRejectsIsAskedForAgain() {
    List<Message> seen = new ArrayList<>();
    AtomicInteger asked = new AtomicInteger();
    Executor full =
        task -> {
          if (asked.incrementAndGet() == 1) {
            throw new RejectedExecutionException("no room");
          }
          task.run();
        };
    InProcessQueue queue = new InProcessQueue(full, timer, java.time.InstantSource.fixed(NOW), 1);
    queue.deliverTo(delivery -> seen.add(delivery.message()));
    queue.send(List.of(start(1)), Duration.ZERO);

    assertThat(seen).isEmpty();
    assertThat(alarms).containsExactly(NOW.plusSeconds(1));
    later.remove(0).run();
    assertThat(seen).containsExactly(start(1));
  }

  @Test
  void aMessageIsNotDeliveredBeforeItsDelay() {
    List<Message> seen = new ArrayList<>();
    direct.deliverTo(delivery -> seen.add(delivery.message()));
    direct.send(List.of(start(1)), Duration.ofMinutes(5));

    assertThat(seen).isEmpty();
    assertThat(alarms).containsExactly(NOW.plus(Duration.ofMinutes(5)));
    later.get(0).run();
    assertThat(seen).hasSize(1);
  }

  @Test
  void w20_aCheckThatIsOnItsWayIsNotAddedASecondTime() {
    Message check = new Message.Check(new ExecutionId("x"), 3, Optional.empty());
    List<Message> seen = new ArrayList<>();
    direct.deliverTo(
        delivery -> {
          seen.add(delivery.message());
          delivery.acknowledge();
        });
    direct.send(List.of(check), Duration.ofSeconds(10));
    direct.send(List.of(check), Duration.ofSeconds(10));
    later.forEach(Runnable::run);
    assertThat(seen).hasSize(1);

    direct.send(List.of(check), Duration.ZERO);
    assertThat(seen).hasSize(2);
  }

  @Test
  void beyondItsCapacityStartsAreLeftToTheStore() {
    direct.send(starts(InProcessQueue.CAPACITY + 5), Duration.ZERO);
    direct.send(List.of(new Message.Watch(new RunId("r"))), Duration.ZERO);
    AtomicInteger seen = new AtomicInteger();
    direct.deliverTo(delivery -> seen.incrementAndGet());

    assertThat(seen).hasValue(InProcessQueue.CAPACITY + 1);
  }

  @Test
  void aWorkerMayTakeTheNextStartAlongButNothingElse() {
    List<Message> seen = new ArrayList<>();
    List<Message> along = new ArrayList<>();
    direct.send(starts(2), Duration.ZERO);
    direct.send(List.of(new Message.Watch(new RunId("r")), start(2)), Duration.ZERO);
    direct.deliverTo(
        delivery -> {
          seen.add(delivery.message());
          delivery.another().ifPresent(next -> along.add(next.message()));
          delivery.acknowledge();
        });

    assertThat(seen).containsExactly(start(0), new Message.Watch(new RunId("r")));
    assertThat(along).containsExactly(start(1), start(2));
  }

  @Test
  void whatWasTakenAlongAndPutBackComesAgain() {
    List<String> seen = new ArrayList<>();
    direct.send(starts(2), Duration.ZERO);
    direct.deliverTo(
        delivery -> {
          seen.add(delivery.message() + " " + delivery.receipts());
          delivery.another().ifPresent(next -> next.again(Duration.ofSeconds(1)));
        });
    later.remove(0).run();

    assertThat(seen).containsExactly(start(0) + " 1", start(1) + " 2");
    assertThat(alarms).containsExactly(NOW.plusSeconds(1));
  }

  @Test
  void closingDoesNotWaitForWorkersThatTheExecutorNeverRuns() {
    List<Runnable> idle = new ArrayList<>();
    InProcessQueue queue =
        new InProcessQueue(idle::add, timer, java.time.InstantSource.fixed(NOW), 2);
    List<Message> seen = new ArrayList<>();
    queue.deliverTo(delivery -> seen.add(delivery.message()));
    queue.send(starts(2), Duration.ZERO);

    queue.close();
    idle.forEach(Runnable::run);
    assertThat(idle).hasSize(1);
    assertThat(seen).isEmpty();
  }

  @Test
  void oneWorkerIsStartedAtATimeAndEachThatLeavesWorkLyingStartsTheNext() {
    List<Runnable> idle = new ArrayList<>();
    InProcessQueue queue =
        new InProcessQueue(idle::add, timer, java.time.InstantSource.fixed(NOW), 3);
    List<Integer> startedBefore = new ArrayList<>();
    queue.deliverTo(delivery -> startedBefore.add(idle.size()));
    queue.send(starts(2), Duration.ZERO);
    assertThat(idle).hasSize(1);

    idle.get(0).run();
    assertThat(startedBefore).containsExactly(2, 2);
  }

  @Test
  void itDeliversToOneHandlerOnly() {
    direct.deliverTo(delivery -> {});

    assertThatThrownBy(() -> direct.deliverTo(delivery -> {}))
        .hasMessage("deliveries have begun before");
  }
}
