package io.opsautomator.aws.sqs;

import io.opsautomator.dispatch.WorkQueue.Delivery;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who are at work on messages. Who waits for them from within a handler does not wait for
 * itself. Thread-safe.
 */
final class Crew {
  private static final Logger LOG = LoggerFactory.getLogger(Crew.class);

  private final ThreadLocal<Boolean> within = ThreadLocal.withInitial(() -> false);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition fewer = lock.newCondition();
  private int working;

  /** A message outlives whatever its handler dies of. */
  void handle(Letter letter, Consumer<Delivery> handler) {
    within.set(true);
    boolean handled = false;
    try {
      handler.accept(letter);
      handled = true;
    } catch (RuntimeException e) {
      LOG.warn("{} will be tried again: {}", letter.message(), e.toString(), e);
    } finally {
      if (!handled) {
        letter.failed();
      }
      within.remove();
    }
  }

  /** Before a worker is started. */
  void enter() {
    lock.lock();
    try {
      working++;
    } finally {
      lock.unlock();
    }
  }

  /** When it has ended, or has not come. */
  void leave() {
    lock.lock();
    try {
      working--;
      fewer.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void awaitIdle() {
    int self = within.get() ? 1 : 0;
    lock.lock();
    try {
      while (working > self) {
        fewer.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }
}
