package io.opsautomator.testkit.simulation;

import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.WorkQueue.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A queue that all processes share and that outlives them, as SQS does: what is delivered is
 * invisible for a while, and comes again unless it was acknowledged by then. Deliveries are
 * doubled, late, out of order, lost on their way, and now and then lost for good.
 */
final class SharedQueue {
  private static final long LATE = 150_000;
  private static final int LONGEST_PAUSE = 60;

  private final Conductor conductor;
  private final Weather weather;
  private final Chance chance;
  private final Notes notes;
  private final long invisible;
  private final boolean images;
  private final List<Item> items = new ArrayList<>();
  private final List<Port> takers = new ArrayList<>();
  private long numbers;

  /** What keeps the record of a world. */
  interface Notes {
    void passed(MessageEvent.Stage stage, long number, Message message, int receipts);

    void erred(Fault fault, String detail);

    /** A worker begins to work on a message. */
    void takes(Message message);
  }

  /** A message, and who has it. */
  private static final class Item {
    private final long number;
    private final Message message;
    private long visibleAt;
    private int receipts;
    private boolean gone;

    Item(long number, Message message, long visibleAt) {
      this.number = number;
      this.message = message;
      this.visibleAt = visibleAt;
    }
  }

  /**
   * @param invisible for how many milliseconds a delivered message is
   * @param images whether it carries the images in checks, or leaves them out
   */
  SharedQueue(
      Conductor conductor,
      Weather weather,
      Chance chance,
      Notes notes,
      long invisible,
      boolean images) {
    this.conductor = conductor;
    this.weather = weather;
    this.chance = chance;
    this.notes = notes;
    this.invisible = invisible;
    this.images = images;
  }

  boolean isEmpty() {
    return items.isEmpty();
  }

  Port port(Node node, int workers) {
    return new Port(node, workers);
  }

  void send(Message message, Duration delay) {
    Message carried = images ? message : withoutImage(message);
    Item item = new Item(++numbers, carried, conductor.now() + delay.toMillis());
    notes.passed(MessageEvent.Stage.SENT, item.number, carried, 0);
    if (weather.strikes(Fault.MESSAGE_LOST)) {
      notes.erred(Fault.MESSAGE_LOST, "m" + item.number);
      notes.passed(MessageEvent.Stage.LOST, item.number, carried, 0);
      return;
    }
    if (weather.strikes(Fault.MESSAGE_LATE)) {
      item.visibleAt += chance.between(1_000L, LATE);
      notes.erred(Fault.MESSAGE_LATE, "m" + item.number);
    }
    items.add(item);
    show(item);
  }

  private static Message withoutImage(Message message) {
    return message instanceof Message.Check check
        ? new Message.Check(check.execution(), check.epoch(), Optional.empty())
        : message;
  }

  private void show(Item item) {
    conductor.at(item.visibleAt, this::deliver);
  }

  /** As long as there is something to deliver, and somebody to take it. */
  void deliver() {
    while (true) {
      List<Item> visible =
          items.stream().filter(item -> item.visibleAt <= conductor.now()).toList();
      List<Port> free = takers.stream().filter(Port::free).toList();
      if (visible.isEmpty() || free.isEmpty()) {
        return;
      }
      Item item = visible.get(0);
      if (visible.size() > 1 && weather.strikes(Fault.MESSAGE_REORDERED)) {
        item = visible.get(1 + chance.below(visible.size() - 1));
        notes.erred(Fault.MESSAGE_REORDERED, "m" + item.number);
      }
      deliver(item, chance.of(free));
      if (weather.strikes(Fault.MESSAGE_DUPLICATED)) {
        notes.erred(Fault.MESSAGE_DUPLICATED, "m" + item.number);
        deliver(item, chance.of(free));
      }
    }
  }

  private void deliver(Item item, Port to) {
    item.receipts++;
    item.visibleAt = conductor.now() + invisible;
    int receipt = item.receipts;
    conductor.at(item.visibleAt, () -> comesAgain(item, receipt));
    if (weather.strikes(Fault.MESSAGE_DELIVERY_LOST)) {
      notes.erred(Fault.MESSAGE_DELIVERY_LOST, "m" + item.number);
    } else {
      to.take(new Handed(item, receipt));
    }
  }

  private void comesAgain(Item item, int receipt) {
    if (!item.gone && item.receipts == receipt && item.visibleAt <= conductor.now()) {
      notes.passed(MessageEvent.Stage.GIVEN_BACK, item.number, item.message, receipt);
      deliver();
    }
  }

  private void putBack(Item item, int receipt, long millis, MessageEvent.Stage stage) {
    if (!item.gone && item.receipts == receipt) {
      notes.passed(stage, item.number, item.message, receipt);
      item.visibleAt = conductor.now() + Math.max(0, millis);
      show(item);
    }
  }

  private final class Handed implements Delivery {
    private final Item item;
    private final int receipt;

    Handed(Item item, int receipt) {
      this.item = item;
      this.receipt = receipt;
    }

    @Override
    public Message message() {
      return item.message;
    }

    @Override
    public int receipts() {
      return receipt;
    }

    /** With a receipt that is not the latest it may be in vain. */
    @Override
    public void acknowledge() {
      if (!item.gone && (item.receipts == receipt || chance.in(0.5))) {
        item.gone = true;
        items.remove(item);
        notes.passed(MessageEvent.Stage.ACKNOWLEDGED, item.number, item.message, receipt);
      }
    }

    @Override
    public void again(Duration after) {
      putBack(item, receipt, after.toMillis(), MessageEvent.Stage.PUT_BACK);
    }

    void failed() {
      long seconds = Math.min(LONGEST_PAUSE, 1L << Math.min(receipt - 1, 10));
      putBack(item, receipt, seconds * 1000, MessageEvent.Stage.GIVEN_BACK);
    }
  }

  /** Where one process takes deliveries. */
  final class Port {
    private final Node node;
    private final int workers;
    private Optional<Consumer<Delivery>> handler = Optional.empty();
    private int working;

    private Port(Node node, int workers) {
      this.node = node;
      this.workers = workers;
    }

    void open(Consumer<Delivery> to) {
      if (handler.isPresent()) {
        throw new IllegalStateException("deliveries have begun before");
      }
      handler = Optional.of(to);
      takers.add(this);
      SharedQueue.this.deliver();
    }

    void close() {
      takers.remove(this);
    }

    boolean isIdle() {
      return working == 0;
    }

    private boolean free() {
      return node.atWork() && working < workers;
    }

    private void take(Handed handed) {
      working++;
      conductor.spawn(node, () -> work(handed));
    }

    private void work(Handed handed) {
      try {
        notes.passed(
            MessageEvent.Stage.DELIVERED, handed.item.number, handed.item.message, handed.receipt);
        notes.takes(handed.item.message);
        handler.orElseThrow().accept(handed);
      } catch (RuntimeException e) {
        handed.failed();
      }
      working--;
      SharedQueue.this.deliver();
    }
  }
}
