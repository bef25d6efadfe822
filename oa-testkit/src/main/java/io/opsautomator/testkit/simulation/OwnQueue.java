package io.opsautomator.testkit.simulation;

import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.WorkQueue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The queue that a process has for itself, which says what a worker begins to work on. */
final class OwnQueue implements WorkQueue {
  private final WorkQueue queue;
  private final SharedQueue.Notes notes;

  OwnQueue(WorkQueue queue, SharedQueue.Notes notes) {
    this.queue = queue;
    this.notes = notes;
  }

  @Override
  public void send(List<Message> messages, Duration delay) {
    queue.send(messages, delay);
  }

  @Override
  public void deliverTo(Consumer<Delivery> handler) {
    queue.deliverTo(delivery -> handler.accept(taken(delivery)));
  }

  private Delivery taken(Delivery delivery) {
    notes.takes(delivery.message());
    return new Taken(delivery);
  }

  @Override
  public boolean crowded() {
    return queue.crowded();
  }

  @Override
  public void close() {
    queue.close();
  }

  private final class Taken implements Delivery {
    private final Delivery delivery;

    Taken(Delivery delivery) {
      this.delivery = delivery;
    }

    @Override
    public Message message() {
      return delivery.message();
    }

    @Override
    public int receipts() {
      return delivery.receipts();
    }

    @Override
    public void acknowledge() {
      delivery.acknowledge();
    }

    @Override
    public Optional<Delivery> another() {
      return delivery.another().map(OwnQueue.this::taken);
    }

    @Override
    public void again(Duration after) {
      delivery.again(after);
    }
  }
}
