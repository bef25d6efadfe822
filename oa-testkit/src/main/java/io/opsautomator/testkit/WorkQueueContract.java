package io.opsautomator.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.WorkQueue;
import io.opsautomator.dispatch.WorkQueue.Delivery;
import io.opsautomator.resource.Scope;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Grant;
import io.opsautomator.task.ExecutionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What every {@link WorkQueue} has to keep, as tests: extend this in a queue's tests, and say how
 * one is opened. Needs JUnit and AssertJ, which this module does not bring along.
 *
 * <p>Time is real, and the tests wait for messages, never for a while to pass. A queue that hides a
 * message for some time should be opened so that it does for two seconds. Tests may run side by
 * side, where JUnit is told so.
 */
@Execution(ExecutionMode.CONCURRENT)
public abstract class WorkQueueContract {
  /** After this, whatever a queue had hidden has come again. */
  private static final Duration AFTER_ALL = Duration.ofSeconds(3);

  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final List<WorkQueue> opened = new ArrayList<>();

  /**
   * Opens a queue. The first of a test is empty; later ones of the same test, which only {@link
   * SharedQueueContract} asks for, carry the same messages.
   *
   * @param workers runs the handlers
   * @param most how many messages may be handled at once
   */
  protected abstract WorkQueue open(ExecutorService workers, int most);

  /** How many messages the longest test sends, 1,000 unless said otherwise. */
  protected int volume() {
    return 1_000;
  }

  final WorkQueue open(int most) {
    WorkQueue queue = open(pool, most);
    opened.add(queue);
    return queue;
  }

  @AfterEach
  final void closeAll() {
    opened.forEach(WorkQueue::close);
    pool.shutdownNow();
  }

  static Message start(int number) {
    return new Message.Start(new ExecutionId("x" + number), 0, Optional.empty());
  }

  static List<Message> starts(int from, int count) {
    List<Message> all = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      all.add(start(i));
    }
    return all;
  }

  /** Waits until what was to come again has come. */
  static void untilAllHasCome(WorkQueue queue, Inbox inbox) {
    Message last = start(-1);
    queue.send(List.of(last), AFTER_ALL);
    inbox.await(last);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Test
  void everyKindOfMessageArrivesAsItWasSent() {
    WorkQueue queue = open(4);
    Inbox inbox = new Inbox();
    io.opsautomator.store.Execution image = StoreItems.execution(1, Optional.empty());
    Grant grant = new Grant(new GateKey("k\u00e9y \"/"), 3, image.ticket(), Long.MAX_VALUE);
    Message select = new Message.Select(StoreItems.runId(1), Optional.empty());
    Scope scope = Scope.of("111122223333", "eu-west-1");
    Message slice = new Message.Select(StoreItems.runId(1), Optional.of(scope));
    Message start = new Message.Start(image.id(), 7, Optional.of(grant));
    Message check = new Message.Check(image.id(), 5, Optional.of(image));
    Message bare = new Message.Check(image.id(), 5, Optional.empty());
    Message watch = new Message.Watch(StoreItems.runId(2));

    queue.deliverTo(inbox.then(Delivery::acknowledge));
    queue.send(List.of(select, slice, start, check, watch), Duration.ZERO);

    List<Message> came = inbox.await(5).stream().map(Inbox.Arrival::message).toList();
    assertThat(came).hasSize(5).contains(select, slice, start, watch);
    assertThat(came).containsAnyOf(check, bare); // A queue may leave the image out.
  }

  @Test
  void whatWasAcknowledgedDoesNotComeAgain() {
    WorkQueue queue = open(4);
    Inbox inbox = new Inbox();
    queue.deliverTo(inbox.then(Delivery::acknowledge));
    queue.send(starts(0, 25), Duration.ZERO);

    untilAllHasCome(queue, inbox);
    assertThat(inbox.arrivals()).hasSize(26);
    assertThat(inbox.arrivals()).allMatch(arrival -> arrival.receipts() == 1);
  }

  @Test
  void w2_aHandlerThatThrowsGetsTheMessageAgainAndCanTellHowOften() {
    WorkQueue queue = open(4);
    Inbox inbox = new Inbox();
    queue.deliverTo(
        inbox.then(
            delivery -> {
              if (delivery.receipts() < 4) {
                throw new IllegalStateException("not yet");
              }
              delivery.acknowledge();
            }));
    queue.send(List.of(start(1)), Duration.ZERO);

    List<Inbox.Arrival> came = inbox.await(4);
    assertThat(came).extracting(Inbox.Arrival::receipts).containsExactly(1, 2, 3, 4);
    long first = came.get(1).at() - came.get(0).at();
    long third = came.get(3).at() - came.get(2).at();
    assertThat(third).as("the pause grows").isGreaterThan(first);
  }

  @Test
  void anErrorInAHandlerGivesTheMessageBackToo() {
    WorkQueue queue = open(4);
    Inbox inbox = new Inbox();
    queue.deliverTo(
        inbox.then(
            delivery -> {
              if (delivery.receipts() == 1) {
                throw new StackOverflowError("a test's");
              }
              delivery.acknowledge();
            }));
    queue.send(List.of(start(1)), Duration.ZERO);

    assertThat(inbox.await(2)).extracting(Inbox.Arrival::receipts).containsExactly(1, 2);
  }

  @Test
  void nothingComesBeforeItsDelay() {
    WorkQueue queue = open(4);
    Inbox inbox = new Inbox();
    queue.deliverTo(inbox.then(Delivery::acknowledge));
    long sent = System.nanoTime();
    queue.send(List.of(start(1)), Duration.ofMillis(1_500));
    queue.send(List.of(start(2)), Duration.ZERO);

    List<Inbox.Arrival> came = inbox.await(2);
    assertThat(came.get(0).message()).isEqualTo(start(2));
    assertThat(Duration.ofNanos(came.get(1).at() - sent)).isGreaterThan(Duration.ofMillis(1_490));
  }

  @Test
  void aMessagePutBackStaysOneMessage() {
    WorkQueue queue = open(4);
    Inbox inbox = new Inbox();
    queue.deliverTo(
        inbox.then(
            delivery -> {
              if (delivery.message().equals(start(1)) && delivery.receipts() < 3) {
                delivery.again(Duration.ofSeconds(1));
              } else {
                delivery.acknowledge();
              }
            }));
    queue.send(List.of(start(1)), Duration.ZERO);

    inbox.await(3);
    untilAllHasCome(queue, inbox);
    List<Inbox.Arrival> came = inbox.of(start(1));
    assertThat(came).extracting(Inbox.Arrival::receipts).containsExactly(1, 2, 3);
    assertThat(Duration.ofNanos(came.get(1).at() - came.get(0).at()))
        .isGreaterThan(Duration.ofMillis(990));
  }

  @Test
  void anotherThreadMayAcknowledgeWhenTheHandlerHasReturned() {
    WorkQueue queue = open(4);
    Inbox inbox = new Inbox();
    CountDownLatch returned = new CountDownLatch(1);
    queue.deliverTo(
        inbox.then(
            delivery -> {
              if (delivery.message().equals(start(1))) {
                pool.execute(
                    () -> {
                      await(returned);
                      delivery.acknowledge();
                    });
              } else {
                delivery.acknowledge();
              }
            }));
    queue.send(List.of(start(1)), Duration.ZERO);
    inbox.await(1);
    returned.countDown();

    untilAllHasCome(queue, inbox);
    assertThat(inbox.of(start(1))).hasSize(1);
  }

  @Test
  void neverMoreAreHandledAtOnceThanAllowed() {
    WorkQueue queue = open(3);
    Inbox inbox = new Inbox();
    AtomicInteger working = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    queue.deliverTo(
        inbox.then(
            delivery -> {
              most.accumulateAndGet(working.incrementAndGet(), Math::max);
              Thread.onSpinWait();
              delivery.acknowledge();
              working.decrementAndGet();
            }));
    queue.send(starts(0, 60), Duration.ZERO);

    inbox.await(60);
    assertThat(most.get()).isBetween(1, 3);
  }

  @Test
  void manyHandlersWorkSideBySide() {
    WorkQueue queue = open(8);
    Inbox inbox = new Inbox();
    CountDownLatch together = new CountDownLatch(5);
    queue.deliverTo(
        inbox.then(
            delivery -> {
              together.countDown();
              await(together);
              delivery.acknowledge();
            }));
    queue.send(starts(0, 5), Duration.ZERO);

    assertThat(inbox.await(5)).hasSize(5);
    await(together);
  }

  @Test
  void aChainOfMessagesThatHandlersSendGoesOn() {
    WorkQueue queue = open(2);
    Inbox inbox = new Inbox();
    queue.deliverTo(
        inbox.then(
            delivery -> {
              int next = inbox.arrivals().size();
              if (next < 10) {
                queue.send(List.of(start(next)), Duration.ZERO);
              }
              delivery.acknowledge();
            }));
    queue.send(List.of(start(0)), Duration.ZERO);

    assertThat(inbox.await(10))
        .extracting(Inbox.Arrival::message)
        .containsExactlyElementsOf(starts(0, 10));
  }

  @Test
  void nothingIsLostUnderManySenders() {
    WorkQueue queue = open(16);
    Inbox inbox = new Inbox();
    queue.deliverTo(inbox.then(Delivery::acknowledge));
    int each = volume() / 8;
    Together.each(
        8,
        sender ->
            () -> {
              for (int sent = 0; sent < each; sent += 25) {
                queue.send(starts(sender * each + sent, Math.min(25, each - sent)), Duration.ZERO);
              }
              return sender;
            });

    Set<Message> seen = new HashSet<>();
    inbox.await(8 * each).forEach(arrival -> seen.add(arrival.message()));
    assertThat(seen).hasSize(8 * each);
  }

  @Test
  void closingWaitsForTheHandlersAtWork() throws InterruptedException {
    WorkQueue queue = open(4);
    Inbox inbox = new Inbox();
    CountDownLatch release = new CountDownLatch(1);
    AtomicBoolean handled = new AtomicBoolean();
    AtomicBoolean handledBefore = new AtomicBoolean();
    queue.deliverTo(
        inbox.then(
            delivery -> {
              await(release);
              handled.set(true);
            }));
    queue.send(List.of(start(1)), Duration.ZERO);
    inbox.await(1);
    Thread closer =
        new Thread(
            () -> {
              queue.close();
              handledBefore.set(handled.get());
            });
    closer.start();
    while (closer.getState() == Thread.State.RUNNABLE || closer.getState() == Thread.State.NEW) {
      Thread.onSpinWait();
    }
    release.countDown();
    closer.join();
    assertThat(handledBefore).isTrue();
  }

  @Test
  void aHandlerMayCloseItsQueue() {
    WorkQueue queue = open(4);
    Inbox inbox = new Inbox();
    CountDownLatch closed = new CountDownLatch(1);
    queue.deliverTo(
        inbox.then(
            delivery -> {
              queue.close();
              delivery.acknowledge();
              closed.countDown();
            }));
    queue.send(List.of(start(1)), Duration.ZERO);

    await(closed);
    assertThat(inbox.arrivals()).hasSize(1);
  }

  @Test
  void deliveriesBeginOnce() {
    WorkQueue queue = open(4);
    queue.deliverTo(Delivery::acknowledge);
    assertThatThrownBy(() -> queue.deliverTo(Delivery::acknowledge))
        .isInstanceOf(IllegalStateException.class);
    queue.close();
    assertThatThrownBy(() -> queue.deliverTo(Delivery::acknowledge))
        .isInstanceOf(IllegalStateException.class);
  }
}
