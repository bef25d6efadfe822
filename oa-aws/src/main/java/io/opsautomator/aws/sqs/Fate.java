package io.opsautomator.aws.sqs;

import io.opsautomator.aws.sqs.SqsQueues.Role;
import java.time.Duration;
import java.time.Instant;

/**
 * What becomes of a message that is put back.
 *
 * <p>To hide it is all that is needed, as long as SQS goes along: for 12 hours from when it was
 * received, for 14 days from when it was sent, and until it was received too often. To be put back
 * on purpose is no fault, so a message that is half way to one of the latter two, or is to be
 * hidden for longer, is renewed: another one is sent in its place, and then it is deleted. Who dies
 * between the two leaves both, and each of them is harmless.
 */
sealed interface Fate {
  /** The longest that SQS hides a message from when it was received. */
  Duration LONGEST = Duration.ofHours(12);

  /** When a message is old enough to be renewed. */
  Duration OLD = Duration.ofDays(7);

  Duration LONGEST_PAUSE = Duration.ofMinutes(15);

  record Hidden(Duration pause) implements Fate {}

  record Renewed(Duration pause) implements Fate {}

  /** Of one that its handler puts back. */
  static Fate putBack(ReceivedMessage message, Duration after, Instant now) {
    boolean worn =
        message.receipts() >= message.from().receives() / 2
            || message.sentAt().plus(OLD).isBefore(now);
    boolean far = after.compareTo(left(message, now)) > 0;
    boolean renewed = (worn || far) && message.from() != Role.DEAD;
    return renewed ? new Renewed(after) : new Hidden(Seconds.shorter(after, left(message, now)));
  }

  /** Whether it can stay in hand for some time before it has to be put back. */
  static boolean mayBeKept(ReceivedMessage message, Instant now) {
    return message.from() != Role.DEAD
        && message.receivedAt().plus(LONGEST.dividedBy(2)).isAfter(now)
        && message.sentAt().plus(OLD).isAfter(now);
  }

  /**
   * Of one whose handler failed: after 1, 2, 4, ... seconds, up to a quarter of an hour, so that
   * twenty receives outlast a store that cannot be reached for two hours.
   */
  static Hidden failed(ReceivedMessage message, Instant now) {
    Duration grown = Duration.ofSeconds(1L << Math.min(message.receipts() - 1, 10));
    return new Hidden(Seconds.shorter(Seconds.shorter(grown, LONGEST_PAUSE), left(message, now)));
  }

  /** Of one that is not due yet. */
  static Hidden early(ReceivedMessage message, Instant notBefore, Instant now) {
    return new Hidden(Seconds.shorter(Duration.between(now, notBefore), left(message, now)));
  }

  /** For how long it can still be hidden. */
  static Duration left(ReceivedMessage message, Instant now) {
    Duration left = Duration.between(now, message.receivedAt().plus(LONGEST).minusSeconds(60));
    return left.isNegative() ? Duration.ZERO : left;
  }
}
