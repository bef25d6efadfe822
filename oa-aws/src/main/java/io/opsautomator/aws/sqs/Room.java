package io.opsautomator.aws.sqs;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How many more messages may be in hand. Thread-safe. */
final class Room {
  private static final int MESSAGES_A_CALL = 10;

  /** For so long it waits for more than one message to have room, since calls are paid for. */
  private static final long GATHER = TimeUnit.MILLISECONDS.toNanos(20);

  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int taken;
  private boolean closed;

  Room(int most) {
    this.most = most;
  }

  /** Waits until there is some: for how many, up to ten; for none when it is closed. */
  int await() throws InterruptedException {
    lock.lock();
    try {
      while (!closed && taken >= most) {
        changed.await();
      }
      int wanted = Math.min(most, MESSAGES_A_CALL);
      long left = GATHER;
      while (!closed && most - taken < wanted && left > 0) {
        left = changed.awaitNanos(left);
      }
      return closed ? 0 : Math.min(wanted, most - taken);
    } finally {
      lock.unlock();
    }
  }

  /** Does nothing for some time, unless it is closed. */
  void pause(long nanos) throws InterruptedException {
    lock.lock();
    try {
      for (long left = nanos; !closed && left > 0; ) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  void take() {
    lock.lock();
    try {
      taken++;
    } finally {
      lock.unlock();
    }
  }

  void giveBack() {
    lock.lock();
    try {
      taken--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean closed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
