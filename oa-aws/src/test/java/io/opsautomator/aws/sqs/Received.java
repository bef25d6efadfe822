package io.opsautomator.aws.sqs;

import io.opsautomator.aws.sqs.SqsQueues.Role;
import io.opsautomator.dispatch.Message;
import io.opsautomator.task.ExecutionId;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** Messages for tests, received at noon. */
final class Received {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  static final SqsQueues QUEUES =
      new SqsQueues(
          URI.create("https://sqs.eu-west-1.amazonaws.com/111122223333/ops-work"),
          URI.create("https://sqs.eu-west-1.amazonaws.com/111122223333/ops-checks"),
          Optional.of(URI.create("https://sqs.eu-west-1.amazonaws.com/111122223333/ops-dead")));

  private Received() {}

  static Message start(int number) {
    return new Message.Start(new ExecutionId("x" + number), 0, Optional.empty());
  }

  static Message check(int number) {
    return new Message.Check(new ExecutionId("x" + number), 1, Optional.empty());
  }

  static ReceivedMessage of(Role from, Message message, int receipts) {
    return of(from, Envelope.of(message), receipts, NOON);
  }

  static ReceivedMessage of(Role from, Envelope envelope, int receipts, Instant sentAt) {
    String body = new MessageCodec().write(envelope);
    return of(from, "id", body, receipts, sentAt);
  }

  static ReceivedMessage of(Role from, String id, String body, int receipts, Instant sentAt) {
    return new ReceivedMessage(from, id, "handle-" + id, body, receipts, sentAt, NOON);
  }
}
