package io.opsautomator.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.WorkQueue;
import io.opsautomator.dispatch.WorkQueue.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What queues have to keep besides whose messages outlive a process and reach others: those that
 * are {@link WorkQueue#durable}. Each call of {@link #open(ExecutorService, int)} within a test
 * stands for a process of its own.
 */
public abstract class SharedQueueContract extends WorkQueueContract {

  @Test
  void itSaysThatItsMessagesOutliveTheProcess() {
    assertThat(open(1).durable()).isTrue();
  }

  @Test
  void whatWasSentBeforeAnybodyListenedIsDelivered() {
    open(4).send(starts(0, 12), Duration.ZERO);
    WorkQueue queue = open(4);
    Inbox inbox = new Inbox();
    queue.deliverTo(inbox.then(Delivery::acknowledge));

    assertThat(inbox.await(12))
        .extracting(Inbox.Arrival::message)
        .containsExactlyInAnyOrderElementsOf(starts(0, 12));
  }

  @Test
  void severalProcessesShareTheWork() {
    WorkQueue first = open(4);
    WorkQueue second = open(4);
    Inbox one = new Inbox();
    Inbox other = new Inbox();
    Inbox both = new Inbox();
    first.deliverTo(
        one.then(
            both.then(
                delivery -> {
                  other.await(1); // Neither does it all.
                  delivery.acknowledge();
                })));
    second.deliverTo(
        other.then(
            both.then(
                delivery -> {
                  one.await(1);
                  delivery.acknowledge();
                })));
    first.send(starts(0, 60), Duration.ZERO);

    both.await(60);
    untilAllHasCome(first, both);
    assertThat(both.arrivals()).extracting(Inbox.Arrival::message).doesNotHaveDuplicates();
  }

  @Test
  void whatOneProcessLeavesUnacknowledgedReachesAnother() {
    WorkQueue first = open(4);
    Inbox one = new Inbox();
    first.deliverTo(one.then(delivery -> {}));
    first.send(List.of(start(1)), Duration.ZERO);
    one.await(1);
    first.close();

    WorkQueue second = open(4);
    Inbox other = new Inbox();
    second.deliverTo(other.then(Delivery::acknowledge));
    Inbox.Arrival came = other.await(1).get(0);
    assertThat(came.message()).isEqualTo(start(1));
    assertThat(came.receipts()).isGreaterThan(1);
  }

  @Test
  void whatIsBeingWorkedOnIsNotGivenToAnother() {
    Message slow = start(1);
    Message late = start(2);
    WorkQueue first = open(4);
    WorkQueue second = open(4);
    Inbox both = new Inbox();
    first.send(List.of(slow), Duration.ZERO);
    first.send(List.of(late), Duration.ofSeconds(8));
    for (WorkQueue queue : List.of(first, second)) {
      queue.deliverTo(
          both.then(
              delivery -> {
                if (delivery.message().equals(slow)) {
                  both.await(late);
                }
                delivery.acknowledge();
              }));
    }
    both.await(late);
    assertThat(both.of(slow)).hasSize(1);
  }

  @Test
  void whatOneHasPutBackAnotherMayGet() {
    WorkQueue first = open(1);
    Inbox one = new Inbox();
    first.deliverTo(one.then(delivery -> delivery.again(Duration.ofSeconds(1))));
    first.send(List.of(start(1)), Duration.ZERO);
    one.await(1);
    first.close();

    WorkQueue second = open(1);
    Inbox other = new Inbox();
    second.deliverTo(other.then(Delivery::acknowledge));
    Inbox.Arrival came = other.await(1).get(0);
    assertThat(came.receipts()).isGreaterThan(1);
    assertThat(came.at() - one.arrivals().get(0).at())
        .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(990));
  }
}
