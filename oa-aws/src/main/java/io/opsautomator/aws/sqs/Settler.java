package io.opsautomator.aws.sqs;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles messages ten a call, and keeps those in hand hidden from others.
 *
 * <p>One thread does both, so that a message that was put back is never hidden once more by an
 * extension that was on its way. Nobody waits for it: what is not settled yet when the process dies
 * comes again, and that is harmless. When it has been closed, or its thread has died, messages are
 * settled one by one by whoever settles them.
 */
final class Settler implements Settlement {
  private static final Logger LOG = LoggerFactory.getLogger(Settler.class);
  private static final int ENOUGH = 10;
  private static final int MOST = 100;

  /** For so long it waits for others to go into the same call. */
  private static final long GATHER = TimeUnit.MILLISECONDS.toNanos(50);

  private final Receipts receipts;
  private final InstantSource clock;
  private final Duration visibility;
  private final long between;
  private final Set<ReceivedMessage> held = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();
  private final Thread thread;
  private boolean closed;

  private sealed interface Item {
    record Done(ReceivedMessage message) implements Item {}

    record Hidden(ReceivedMessage message, Duration pause) implements Item {}

    /** Nothing comes after this. */
    record Last() implements Item {}
  }

  Settler(Receipts receipts, InstantSource clock, Duration visibility) {
    this.receipts = receipts;
    this.clock = clock;
    this.visibility = visibility;
    this.between = visibility.toNanos() / 3;
    this.thread = Threads.daemon(this::run, "oa-sqs-settler");
  }

  void start() {
    thread.start();
  }

  /** Keeps it hidden until it is settled or let go. */
  void hold(ReceivedMessage message) {
    held.add(message);
  }

  /** Its handler has returned: if it is not settled, it comes again in its time. */
  void letGo(ReceivedMessage message) {
    held.remove(message);
  }

  @Override
  public void done(ReceivedMessage message) {
    held.remove(message);
    if (!queued(new Item.Done(message))) {
      receipts.done(message);
    }
  }

  @Override
  public void hide(ReceivedMessage message, Duration pause) {
    held.remove(message);
    if (!queued(new Item.Hidden(message, pause))) {
      receipts.hide(message, pause);
    }
  }

  private synchronized boolean queued(Item item) {
    return !closed && items.add(item);
  }

  private void run() {
    long next = System.nanoTime() + between;
    for (boolean open = true; open; ) {
      try {
        List<Item> some = gather(next);
        open = some.stream().noneMatch(Item.Last.class::isInstance);
        settle(some);
        if (System.nanoTime() - next >= 0) {
          next = System.nanoTime() + between;
          extend();
        }
      } catch (InterruptedException e) {
        LOG.debug("Nobody needs to interrupt this thread; it goes on", e);
      } catch (RuntimeException e) {
        LOG.error("Messages could not be settled, and will come again", e);
      }
    }
  }

  private List<Item> gather(long next) throws InterruptedException {
    List<Item> some = new ArrayList<>();
    Item first = items.poll(Math.max(0, next - System.nanoTime()), TimeUnit.NANOSECONDS);
    if (first != null) {
      some.add(first);
      long until = System.nanoTime() + GATHER;
      while (some.size() < ENOUGH && !(some.get(some.size() - 1) instanceof Item.Last)) {
        Item more = items.poll(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        if (more == null) {
          return some;
        }
        some.add(more);
      }
      items.drainTo(some, MOST);
    }
    return some;
  }

  private void settle(List<Item> some) {
    List<ReceivedMessage> done = new ArrayList<>();
    List<Receipts.Hiding> hidden = new ArrayList<>();
    for (Item item : some) {
      if (item instanceof Item.Done it) {
        done.add(it.message());
      } else if (item instanceof Item.Hidden it) {
        hidden.add(new Receipts.Hiding(it.message(), it.pause()));
      }
    }
    receipts.delete(done);
    receipts.hide(hidden);
  }

  /** SQS hides nothing for longer than half a day: then another receives it, and is refused. */
  private void extend() {
    List<Receipts.Hiding> some = new ArrayList<>();
    for (ReceivedMessage message : List.copyOf(held)) {
      Duration left = Fate.left(message, clock.instant());
      if (left.compareTo(visibility) > 0) {
        some.add(new Receipts.Hiding(message, visibility));
      } else if (held.remove(message)) {
        LOG.warn("Message {} is worked on for longer than SQS can hide it", message.id());
      }
    }
    receipts.hide(some);
  }

  /** Returns when all is settled. */
  void close() {
    synchronized (this) {
      if (!closed) {
        closed = true;
        items.add(new Item.Last());
      }
    }
    Threads.join(thread);
  }
}
