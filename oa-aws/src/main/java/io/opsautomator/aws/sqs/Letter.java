package io.opsautomator.aws.sqs;

import io.opsautomator.aws.sqs.SqsQueues.Role;
import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.WorkQueue.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A message in hand. It is settled once: what is asked of it after that changes nothing, so that a
 * handler that fails when it has acknowledged does not bring it back.
 */
final class Letter implements Delivery {
  private final ReceivedMessage received;
  private final Envelope envelope;
  private final Intake intake;
  private final Settlement settlement;
  private final boolean returned;
  private boolean settled;

  Letter(ReceivedMessage received, Envelope envelope, Intake intake, Settlement settlement) {
    this(received, envelope, intake, settlement, false);
  }

  private Letter(
      ReceivedMessage received,
      Envelope envelope,
      Intake intake,
      Settlement settlement,
      boolean returned) {
    this.received = received;
    this.envelope = envelope;
    this.intake = intake;
    this.settlement = settlement;
    this.returned = returned;
  }

  /** Whether it has been in this process before, which may remember something of it. */
  boolean returned() {
    return returned;
  }

  /** The same message, as it comes again in this process. */
  private Letter next() {
    Envelope counted =
        new Envelope(envelope.message(), envelope.notBefore(), envelope.before() + 1);
    return new Letter(received, counted, intake, settlement, true);
  }

  ReceivedMessage received() {
    return received;
  }

  @Override
  public Message message() {
    return envelope.message();
  }

  @Override
  public int receipts() {
    return envelope.before() + received.receipts();
  }

  @Override
  public boolean dead() {
    return received.from() == Role.DEAD;
  }

  @Override
  public void acknowledge() {
    if (settle()) {
      settlement.done(received);
    }
  }

  @Override
  public boolean returns(Duration after) {
    return settlement.keeps(after) && Fate.mayBeKept(received, intake.now());
  }

  @Override
  public void again(Duration after) {
    if (!returns(after)) {
      put(Fate.putBack(received, after, intake.now()));
    } else if (settle()) {
      settlement.keep(next(), after);
    }
  }

  /** Its handler has thrown. */
  void failed() {
    put(Fate.failed(received, intake.now()));
  }

  /** Nobody has begun with it. */
  void unbegun() {
    put(new Fate.Hidden(Duration.ZERO));
  }

  private void put(Fate fate) {
    if (!settle()) {
      return;
    }
    if (fate instanceof Fate.Hidden hidden) {
      settlement.hide(received, hidden.pause());
    } else if (fate instanceof Fate.Renewed renewed) {
      renew(renewed.pause());
    }
  }

  /** What cannot be sent anew stays as it is, for as long as SQS hides it. */
  private void renew(Duration pause) {
    Instant now = intake.now();
    try {
      intake.send(new Envelope(message(), Optional.empty(), receipts()), pause);
    } catch (SendFailedException e) {
      settlement.hide(received, Seconds.shorter(pause, Fate.left(received, now)));
      throw e;
    }
    settlement.done(received);
  }

  synchronized boolean settled() {
    return settled;
  }

  /** False when it has been settled before. */
  private synchronized boolean settle() {
    boolean first = !settled;
    settled = true;
    return first;
  }
}
