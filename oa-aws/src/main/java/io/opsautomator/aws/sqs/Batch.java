package io.opsautomator.aws.sqs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What became of a batch that somebody else deletes from the queue: gathered until it is closed.
 * What is settled after that goes to SQS by itself. Thread-safe.
 */
final class Batch implements Settlement {
  private final List<ReceivedMessage> messages;
  private final Receipts receipts;
  private final Set<String> done = new HashSet<>();
  private final List<Receipts.Hiding> hidden = new ArrayList<>();
  private boolean closed;

  Batch(List<ReceivedMessage> messages, Receipts receipts) {
    this.messages = messages;
    this.receipts = receipts;
  }

  @Override
  public void done(ReceivedMessage message) {
    synchronized (this) {
      if (!closed) {
        done.add(message.id());
        return;
      }
    }
    receipts.done(message);
  }

  @Override
  public void hide(ReceivedMessage message, Duration pause) {
    synchronized (this) {
      if (!closed) {
        hidden.add(new Receipts.Hiding(message, pause));
        return;
      }
    }
    receipts.hide(message, pause);
  }

  /** The ids of those that are not to be deleted. */
  Set<String> close() {
    List<Receipts.Hiding> some;
    Set<String> left;
    synchronized (this) {
      closed = true;
      some = List.copyOf(hidden);
      left =
          messages.stream()
              .map(ReceivedMessage::id)
              .filter(id -> !done.contains(id))
              .collect(Collectors.toUnmodifiableSet());
    }
    receipts.hide(some);
    return left;
  }
}
