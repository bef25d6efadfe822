package io.opsautomator.aws.sqs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens what was received: from messages to deliveries. What comes before it is due, since SQS can
 * delay for a quarter of an hour only, and what cannot be read, is put back and handed to nobody.
 */
final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  /** So much too early is in time: clocks differ. */
  private static final Duration TOLERATED = Duration.ofSeconds(1);

  private final Mailer mailer;
  private final InstantSource clock;

  Intake(Mailer mailer, InstantSource clock) {
    this.mailer = mailer;
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  void send(Envelope envelope, Duration delay) {
    mailer.send(List.of(envelope), delay);
  }

  /** Empty for one that was put back. */
  Optional<Letter> open(ReceivedMessage received, Settlement settlement) {
    Instant now = now();
    Envelope envelope;
    try {
      envelope = mailer.codec().read(received.body());
    } catch (UnreadableMessageException e) {
      LOG.error("Message {} cannot be read and was put back: {}", received.id(), e.getMessage(), e);
      Duration longest = Fate.left(received, now);
      settlement.hide(received, Seconds.shorter(Fate.LONGEST_PAUSE, longest));
      return Optional.empty();
    }
    Optional<Instant> due = envelope.notBefore().filter(now.plus(TOLERATED)::isBefore);
    if (due.isPresent()) {
      settlement.hide(received, Fate.early(received, due.get(), now).pause());
      return Optional.empty();
    }
    return Optional.of(new Letter(received, envelope, this, settlement));
  }
}
