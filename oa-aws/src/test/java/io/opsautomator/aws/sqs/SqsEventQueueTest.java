package io.opsautomator.aws.sqs;

import static io.opsautomator.aws.sqs.Received.NOON;
import static io.opsautomator.aws.sqs.Received.QUEUES;
import static io.opsautomator.aws.sqs.Received.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.aws.sqs.SqsQueues.Role;
import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.WorkQueue.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class SqsEventQueueTest {
  private static final Instant LATER = NOON.plusSeconds(60);

  private final StubSqs sqs = new StubSqs();
  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final SqsEventQueue queue = queue(Runnable::run);

  private SqsEventQueue queue(java.util.concurrent.Executor workers) {
    return SqsEventQueue.of(sqs, QUEUES, workers, (InstantSource) now::get);
  }

  private static ReceivedMessage work(int number) {
    String body = new MessageCodec().write(Envelope.of(start(number)));
    return Received.of(Role.WORK, "m" + number, body, 1, NOON);
  }

  private Set<String> handle(ReceivedMessage... batch) {
    return queue.handle(List.of(batch), LATER, LATER);
  }

  @Test
  void w2_onlyWhatFailedOrWasPutBackIsReportedAndTheRestIsDone() {
    queue.deliverTo(
        delivery -> {
          if (delivery.message().equals(start(1))) {
            delivery.acknowledge();
          } else if (delivery.message().equals(start(2))) {
            delivery.again(Duration.ofSeconds(90));
          } else {
            throw new IllegalStateException("a fault");
          }
        });

    assertThat(handle(work(1), work(2), work(3))).containsExactlyInAnyOrder("m2", "m3");
    assertThat(sqs.hidden).containsExactlyInAnyOrder("handle-m2:90", "handle-m3:1");
    assertThat(sqs.deleted).as("the platform deletes").isEmpty();
  }

  @Test
  void whatTheHandlerLeavesAloneComesAgain() {
    queue.deliverTo(delivery -> {});
    assertThat(handle(work(1))).containsExactly("m1");
    assertThat(sqs.hidden).isEmpty();
  }

  @Test
  void nothingIsBegunWhenTimeIsUp() {
    List<Message> begun = new ArrayList<>();
    queue.deliverTo(
        delivery -> {
          begun.add(delivery.message());
          delivery.acknowledge();
          now.set(LATER.plusMillis(1));
        });

    assertThat(handle(work(1), work(2), work(3))).containsExactlyInAnyOrder("m2", "m3");
    assertThat(begun).containsExactly(start(1));
    assertThat(sqs.hidden).containsExactlyInAnyOrder("handle-m2:0", "handle-m3:0");
  }

  @Test
  void whoIsStillAtWorkWhenTimeIsUpSettlesItsMessageByItself() throws InterruptedException {
    ExecutorService pool = Executors.newCachedThreadPool();
    try {
      SqsEventQueue slow = queue(pool);
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      slow.deliverTo(
          delivery -> {
            begun.countDown();
            await(release);
            delivery.acknowledge();
          });
      assertThat(slow.handle(List.of(work(1)), LATER, NOON)).containsExactly("m1");
      begun.await();
      release.countDown();
      slow.close();
      assertThat(sqs.deleted).containsExactly("handle-m1");
    } finally {
      pool.shutdownNow();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Test
  void whatIsNotDueYetIsPutBackUnseen() {
    queue.deliverTo(Delivery::acknowledge);
    Envelope due = Envelope.of(start(1)).dueAt(NOON.plusSeconds(3_000));
    ReceivedMessage early = Received.of(Role.WORK, due, 1, NOON);

    assertThat(handle(early)).containsExactly("id");
    assertThat(sqs.hidden).containsExactly("handle-id:3000");
    now.set(NOON.plusSeconds(3_000));
    assertThat(queue.handle(List.of(early), LATER.plusSeconds(9_000), now.get())).isEmpty();
  }

  @Test
  void whatCannotBeReadIsKept() {
    queue.deliverTo(Delivery::acknowledge);
    ReceivedMessage foreign = Received.of(Role.WORK, "m9", "{\"v\":99}", 1, NOON);

    assertThat(handle(foreign, work(1))).containsExactly("m9");
    assertThat(sqs.hidden).containsExactly("handle-m9:900");
  }

  @Test
  void aMessageWornOutByBeingPutBackIsReplacedByOneThatCountsOn() {
    List<Integer> receipts = new ArrayList<>();
    queue.deliverTo(
        delivery -> {
          receipts.add(delivery.receipts());
          delivery.again(Duration.ofSeconds(30));
        });
    Envelope second = new Envelope(start(1), Optional.empty(), 40);
    assertThat(handle(Received.of(Role.WORK, second, 10, NOON))).as("deleted").isEmpty();

    assertThat(receipts).containsExactly(50);
    assertThat(sqs.bodies()).singleElement().asString().contains("\"receipts\":50");
    assertThat(sqs.sent.get(0).entries().get(0).delaySeconds()).isEqualTo(30);
  }

  @Test
  void whatCannotBeReplacedIsHiddenAndNotLost() {
    sqs.refused = entry -> true;
    queue.deliverTo(delivery -> delivery.again(Duration.ofSeconds(30)));
    assertThat(handle(Received.of(Role.WORK, start(1), 10))).containsExactly("id");
    assertThat(sqs.hidden).containsExactly("handle-id:30");
  }

  @Test
  void deadLettersSaySo() {
    List<Boolean> dead = new ArrayList<>();
    queue.deliverTo(
        delivery -> {
          dead.add(delivery.dead());
          delivery.acknowledge();
        });
    handle(Received.of(Role.DEAD, start(1), 21));
    handle(Received.of(Role.WORK, start(1), 3));
    assertThat(dead).containsExactly(true, false);
  }

  @Test
  void theFirstThatIsSaidOfAMessageCounts() {
    queue.deliverTo(
        delivery -> {
          delivery.acknowledge();
          delivery.again(Duration.ofSeconds(1));
          throw new IllegalStateException("too late");
        });
    assertThat(handle(work(1))).isEmpty();
    assertThat(sqs.hidden).isEmpty();
  }

  @Test
  void withoutAWorkerTheMessageIsPutBack() {
    SqsEventQueue full =
        queue(
            task -> {
              throw new RejectedExecutionException("full");
            });
    full.deliverTo(Delivery::acknowledge);
    assertThat(full.handle(List.of(work(1)), LATER, LATER)).containsExactly("m1");
    assertThat(sqs.hidden).containsExactly("handle-m1:1");
  }

  @Test
  void itNeedsAnEngine() {
    assertThatThrownBy(() -> handle(work(1))).isInstanceOf(IllegalStateException.class);
    queue.deliverTo(Delivery::acknowledge);
    assertThatThrownBy(() -> queue.deliverTo(Delivery::acknowledge))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void queuesAreKnownByTheirArns() {
    assertThat(QUEUES.role("arn:aws:sqs:eu-west-1:111122223333:ops-work")).contains(Role.WORK);
    assertThat(QUEUES.role("arn:aws:sqs:eu-west-1:111122223333:ops-checks")).contains(Role.CHECKS);
    assertThat(QUEUES.role("arn:aws:sqs:eu-west-1:111122223333:ops-dead")).contains(Role.DEAD);
    assertThat(QUEUES.role("arn:aws:sqs:eu-west-1:111122223333:work")).isEmpty();
  }
}
