package io.opsautomator.aws.sqs;

import io.opsautomator.aws.sqs.SqsQueues.Role;
import java.time.Instant;

/**
 * A message as SQS hands it out. Immutable.
 *
 * @param from the queue it was received from
 * @param id its {@code MessageId}: the same however often it is received
 * @param handle its {@code ReceiptHandle}: of this time only
 * @param receipts its {@code ApproximateReceiveCount}, this time included
 * @param sentAt its {@code SentTimestamp}
 */
public record ReceivedMessage(
    Role from,
    String id,
    String handle,
    String body,
    int receipts,
    Instant sentAt,
    Instant receivedAt) {

  public ReceivedMessage {
    if (receipts < 1) {
      throw new IllegalArgumentException("receipts is " + receipts + ", not 1 or more");
    }
  }
}
