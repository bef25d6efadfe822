package io.opsautomator.lambda;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The threads of a function, and whether they are at rest: what runs when the function has answered
 * is frozen with it, and goes on at some later time or never. Thread-safe.
 */
final class Workers implements Executor, AutoCloseable {
  private final ExecutorService threads;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition rest = lock.newCondition();
  private int running;

  Workers() {
    AtomicInteger number = new AtomicInteger();
    threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "oa-worker-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public void execute(Runnable task) {
    count(1);
    boolean begun = false;
    try {
      threads.execute(() -> run(task));
      begun = true;
    } finally {
      if (!begun) {
        count(-1);
      }
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } finally {
      count(-1);
    }
  }

  private void count(int more) {
    lock.lock();
    try {
      running += more;
      if (running == 0) {
        rest.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** False if something still runs when that time is over. */
  boolean comeToRest(Duration within) throws InterruptedException {
    long left = within.toNanos();
    lock.lock();
    try {
      while (running > 0 && left > 0) {
        left = rest.awaitNanos(left);
      }
      return running == 0;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
