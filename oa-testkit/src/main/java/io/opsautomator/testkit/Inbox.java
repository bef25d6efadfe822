package io.opsautomator.testkit;

import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.WorkQueue.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Remembers what was delivered, and lets a test wait for it. Thread-safe. */
final class Inbox {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final List<Arrival> arrivals = new ArrayList<>();

  /**
   * @param at by {@code System.nanoTime}
   */
  record Arrival(Message message, int receipts, long at) {}

  /** A handler that remembers each delivery, and then does this with it. */
  Consumer<Delivery> then(Consumer<Delivery> handler) {
    return delivery -> {
      add(delivery);
      handler.accept(delivery);
    };
  }

  private void add(Delivery delivery) {
    lock.lock();
    try {
      arrivals.add(new Arrival(delivery.message(), delivery.receipts(), System.nanoTime()));
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** All there are. */
  List<Arrival> arrivals() {
    lock.lock();
    try {
      return List.copyOf(arrivals);
    } finally {
      lock.unlock();
    }
  }

  /** Those of one message. */
  List<Arrival> of(Message message) {
    return arrivals().stream().filter(arrival -> arrival.message().equals(message)).toList();
  }

  /** Waits until so many have come; answers all there are then. */
  List<Arrival> await(int count) {
    return await(all -> all.size() >= count, count + " deliveries");
  }

  /** Waits until this message has come. */
  void await(Message message) {
    await(all -> all.stream().anyMatch(a -> a.message().equals(message)), message.toString());
  }

  List<Arrival> await(Predicate<List<Arrival>> enough, String what) {
    long left = PATIENCE;
    lock.lock();
    try {
      while (!enough.test(arrivals)) {
        if (left <= 0) {
          throw new AssertionError("waited in vain for " + what + "; came: " + arrivals);
        }
        left = more.awaitNanos(left);
      }
      return List.copyOf(arrivals);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      lock.unlock();
    }
  }
}
