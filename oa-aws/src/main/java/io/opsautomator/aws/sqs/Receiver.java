package io.opsautomator.aws.sqs;

import io.opsautomator.aws.sqs.SqsQueues.Role;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/**
 * A thread that receives from one queue, as many messages as have room. It asks only for what can
 * be begun at once, so that nothing waits here that another process could do.
 */
final class Receiver {
  private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);
  private static final int DOUBLINGS = 5;

  private final SqsClient sqs;
  private final From from;
  private final InstantSource clock;
  private final Room room;
  private final Consumer<ReceivedMessage> taker;
  private final Thread thread;

  /** Which queue, and how it is asked. */
  record From(Role role, URI url, SqsWorkQueue.Terms terms) {}

  /**
   * @param taker begins with a message or gives it back
   */
  Receiver(
      SqsClient sqs, From from, InstantSource clock, Room room, Consumer<ReceivedMessage> taker) {
    this.sqs = sqs;
    this.from = from;
    this.clock = clock;
    this.room = room;
    this.taker = taker;
    this.thread =
        Threads.daemon(this::run, "oa-sqs-" + from.role().name().toLowerCase(Locale.ROOT));
  }

  void start() {
    thread.start();
  }

  private void run() {
    int failures = 0;
    while (!room.closed()) {
      try {
        int free = room.await();
        if (free > 0) {
          receive(free).forEach(taker);
        }
        failures = 0;
      } catch (InterruptedException e) {
        LOG.debug("Nobody needs to interrupt this thread; it goes on", e);
      } catch (RuntimeException e) {
        failed(e, failures++);
      }
    }
  }

  private List<ReceivedMessage> receive(int most) {
    ReceiveMessageRequest request =
        ReceiveMessageRequest.builder()
            .queueUrl(from.url().toString())
            .maxNumberOfMessages(most)
            .waitTimeSeconds(Seconds.up(from.terms().poll()))
            .visibilityTimeout(Seconds.up(from.terms().visibility()))
            .messageSystemAttributeNames(
                MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                MessageSystemAttributeName.SENT_TIMESTAMP)
            .build();
    Instant asked = clock.instant();
    return sqs.receiveMessage(request).messages().stream()
        .map(message -> received(message, asked))
        .toList();
  }

  /** What is not told is assumed: that it was received before, and has just been sent. */
  private ReceivedMessage received(Message message, Instant asked) {
    String receipts =
        message
            .attributes()
            .getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2");
    String sent =
        message
            .attributes()
            .getOrDefault(MessageSystemAttributeName.SENT_TIMESTAMP, "" + asked.toEpochMilli());
    return new ReceivedMessage(
        from.role(),
        message.messageId(),
        message.receiptHandle(),
        message.body(),
        Integer.parseInt(receipts),
        Instant.ofEpochMilli(Long.parseLong(sent)),
        asked);
  }

  private void failed(RuntimeException e, int failures) {
    long seconds = 1L << Math.min(failures, DOUBLINGS);
    LOG.warn("Nothing could be received from {}; tried again in {} s", from.url(), seconds, e);
    try {
      room.pause(TimeUnit.SECONDS.toNanos(seconds));
    } catch (InterruptedException again) {
      LOG.debug("Nobody needs to interrupt this thread; it goes on", again);
    }
  }

  /** Takes no more. What it is asking for at this moment it still gets, and gives back. */
  void close() {
    room.close();
  }

  void join() {
    Threads.join(thread);
  }
}
