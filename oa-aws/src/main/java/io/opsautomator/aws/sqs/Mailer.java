package io.opsautomator.aws.sqs;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.opsautomator.aws.sqs.SqsQueues.Role;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * Sends, ten messages a call. What SQS did not take of a batch is sent again, a few times; the SDK
 * has repeated calls that failed as a whole. Thread-safe.
 */
final class Mailer {
  private static final int MESSAGES_A_CALL = 10;
  private static final int BYTES_A_CALL = 250_000;
  private static final int TRIES = 4;

  /** The longest that SQS delays; beyond, whoever receives a message too early puts it back. */
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

  private final SqsClient sqs;
  private final SqsQueues queues;
  private final InstantSource clock;
  private final MessageCodec codec = new MessageCodec();

  Mailer(SqsClient sqs, SqsQueues queues, InstantSource clock) {
    this.sqs = sqs;
    this.queues = queues;
    this.clock = clock;
  }

  MessageCodec codec() {
    return codec;
  }

  void send(List<Envelope> envelopes, Duration delay) {
    Map<Role, List<Envelope>> byQueue =
        envelopes.stream().collect(groupingBy(e -> Role.of(e.message())));
    byQueue.forEach((role, some) -> send(queues.url(role).orElseThrow(), some, delay));
  }

  private void send(URI queue, List<Envelope> envelopes, Duration delay) {
    boolean far = delay.compareTo(LONGEST_DELAY) > 0;
    int seconds = Seconds.up(far ? LONGEST_DELAY : delay);
    List<SendMessageBatchRequestEntry> batch = new ArrayList<>();
    int bytes = 0;
    for (Envelope envelope : envelopes) {
      String body = codec.write(far ? envelope.dueAt(clock.instant().plus(delay)) : envelope);
      if (batch.size() == MESSAGES_A_CALL || bytes + body.length() > BYTES_A_CALL) {
        deliver(queue, batch);
        batch = new ArrayList<>();
        bytes = 0;
      }
      batch.add(entry(batch.size(), body, seconds));
      bytes += body.length();
    }
    deliver(queue, batch);
  }

  private static SendMessageBatchRequestEntry entry(int number, String body, int seconds) {
    return SendMessageBatchRequestEntry.builder()
        .id(Integer.toString(number))
        .messageBody(body)
        .delaySeconds(seconds)
        .build();
  }

  private void deliver(URI queue, List<SendMessageBatchRequestEntry> batch) {
    List<SendMessageBatchRequestEntry> left = batch;
    for (int tries = 1; !left.isEmpty(); tries++) {
      List<BatchResultErrorEntry> failed = call(queue, left);
      if (!failed.isEmpty() && (tries == TRIES || failed.stream().anyMatch(f -> f.senderFault()))) {
        throw refused(queue, failed);
      }
      Set<String> ids = failed.stream().map(BatchResultErrorEntry::id).collect(toSet());
      left = left.stream().filter(entry -> ids.contains(entry.id())).toList();
    }
  }

  private static SendFailedException refused(URI queue, List<BatchResultErrorEntry> failed) {
    BatchResultErrorEntry first = failed.get(0);
    return new SendFailedException(
        "%d messages were not taken by %s: %s: %s"
            .formatted(failed.size(), queue, first.code(), first.message()),
        null);
  }

  private List<BatchResultErrorEntry> call(URI queue, List<SendMessageBatchRequestEntry> entries) {
    try {
      return sqs.sendMessageBatch(r -> r.queueUrl(queue.toString()).entries(entries)).failed();
    } catch (SdkException e) {
      throw new SendFailedException("messages could not be sent to " + queue, e);
    }
  }
}
