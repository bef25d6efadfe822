package io.opsautomator.aws.sqs;

import io.opsautomator.dispatch.Message;
import java.time.Instant;
import java.util.Optional;

/**
 * A message and what SQS has no place for.
 *
 * @param notBefore when it is due, if that is later than SQS can delay it
 * @param before how often the messages that this one took the place of had been delivered
 */
record Envelope(Message message, Optional<Instant> notBefore, int before) {
  static Envelope of(Message message) {
    return new Envelope(message, Optional.empty(), 0);
  }

  Envelope dueAt(Instant when) {
    return new Envelope(message, Optional.of(when), before);
  }
}
