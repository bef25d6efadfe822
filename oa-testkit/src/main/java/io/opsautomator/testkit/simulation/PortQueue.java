package io.opsautomator.testkit.simulation;

import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.WorkQueue;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The shared queue as one process sees it: with a seam at every operation. */
final class PortQueue implements WorkQueue {
  private static final long LOOKS_AGAIN = 500;

  private final SharedQueue shared;
  private final SharedQueue.Port port;
  private final Node node;
  private final Seams seams;
  private final Conductor conductor;

  PortQueue(SharedQueue shared, Node node, int workers, Seams seams, Conductor conductor) {
    this.shared = shared;
    this.port = shared.port(node, workers);
    this.node = node;
    this.seams = seams;
    this.conductor = conductor;
  }

  /** One by one: a process may die in between. */
  @Override
  public void send(List<Message> messages, Duration delay) {
    for (Message message : messages) {
      seams.before(node, "queue.send");
      shared.send(message, delay);
      seams.after(node, "queue.send");
    }
  }

  @Override
  public void deliverTo(Consumer<Delivery> handler) {
    port.open(delivery -> handler.accept(new Crossing(delivery)));
  }

  /** It is the queue of all processes, and none of them has to send anything again. */
  @Override
  public boolean durable() {
    return true;
  }

  @Override
  public void close() {
    port.close();
    while (!port.isIdle()) {
      conductor.sleep(LOOKS_AGAIN);
    }
  }

  private final class Crossing implements Delivery {
    private final Delivery delivery;

    Crossing(Delivery delivery) {
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
      seams.before(node, "queue.acknowledge");
      delivery.acknowledge();
      seams.after(node, "queue.acknowledge");
    }

    @Override
    public void again(Duration after) {
      seams.before(node, "queue.again");
      delivery.again(after);
      seams.after(node, "queue.again");
    }
  }
}
