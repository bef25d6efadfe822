package io.opsautomator.cli;

import io.opsautomator.dispatch.Timer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Time that jumps from one thing to do to the next, with many threads at work in each instant.
 *
 * <p>The clock stands still as long as any task runs; when all are done it jumps to the next timer.
 * So a week passes as fast as the work in it can be done, and work of the same instant is done side
 * by side: writes of many threads share a flush to the disk, which one thread alone would wait for
 * each time. In return the order within an instant is up to the threads.
 */
final class WideTime implements InstantSource, Executor, Timer, AutoCloseable {
  private static final long STEP = 10_000; // milliseconds

  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "oa-demo");
            thread.setDaemon(true);
            return thread;
          });

  // -- Guarded by this ----------------------------------------------------------------------------

  private final PriorityQueue<Alarmed> alarms =
      new PriorityQueue<>(
          Comparator.comparing((Alarmed a) -> a.due).thenComparingLong(a -> a.sequence));
  private long sequence;
  private int running;
  private Instant now;

  private static final class Alarmed implements Timer.Alarm {
    private final Instant due;
    private final long sequence;
    private final Runnable task;
    private volatile boolean cancelled;

    Alarmed(Instant due, long sequence, Runnable task) {
      this.due = due;
      this.sequence = sequence;
      this.task = task;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  WideTime(Instant start) {
    this.now = start;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized void execute(Runnable task) {
    running++;
    threads.execute(
        () -> {
          try {
            task.run();
          } finally {
            done();
          }
        });
  }

  private synchronized void done() {
    running--;
    notifyAll();
  }

  @Override
  public synchronized Timer.Alarm at(Instant when, Runnable task) {
    Alarmed alarm = new Alarmed(when.isBefore(now) ? now : next(when), sequence++, task);
    alarms.add(alarm);
    return alarm;
  }

  /** The next full step at or after this; what is due within one step is done together. */
  private static Instant next(Instant when) {
    long steps = Math.floorDiv(when.toEpochMilli() + STEP - 1, STEP);
    return Instant.ofEpochMilli(steps * STEP);
  }

  /** Returns when all that is due up to {@code end} is done; the clock then stands there. */
  void runUntil(Instant end) throws InterruptedException {
    while (jump(end)) {
      ring();
    }
  }

  /** Waits until nothing runs, and moves the clock to the next alarm; false if that is past it. */
  private synchronized boolean jump(Instant end) throws InterruptedException {
    while (running > 0) {
      wait();
    }
    alarms.removeIf(alarm -> alarm.cancelled);
    Alarmed next = alarms.peek();
    boolean due = next != null && !next.due.isAfter(end);
    now = next != null && due ? next.due : end;
    return due;
  }

  /** All alarms of this instant, without waiting for what they start. */
  private void ring() {
    for (Alarmed alarm = due(); alarm != null; alarm = due()) {
      alarm.task.run();
    }
  }

  private synchronized @org.jspecify.annotations.Nullable Alarmed due() {
    Alarmed next = alarms.peek();
    while (next != null && next.cancelled) {
      alarms.remove();
      next = alarms.peek();
    }
    return next != null && !next.due.isAfter(now) ? alarms.remove() : null;
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
