package io.opsautomator.testkit;

import io.opsautomator.dispatch.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Time that moves only when told to, and all that is to happen in it.
 *
 * <p>Tasks run one after another on the thread that calls {@code runUntil}, {@code runUntilIdle} or
 * {@code advance}: first those that are ready, in the order in which they were handed in; when
 * there is none, the clock jumps to the next timer. Timers of the same instant run in the order in
 * which they were set. So a run depends on nothing but what it was given, and years pass in
 * seconds. A task that throws ends the call that ran it; what was waiting still waits.
 *
 * <p>Any thread may ask for the time and hand in or cancel tasks; one thread at a time moves the
 * clock. Runs repeat exactly only if all tasks are handed in by tasks, or while none runs.
 */
public final class VirtualTime implements InstantSource, Executor, Timer {
  private final Object lock = new Object();
  private final PriorityQueue<Scheduled> timers =
      new PriorityQueue<>(
          Comparator.comparing((Scheduled timer) -> timer.due)
              .thenComparingLong(timer -> timer.sequence));
  private final Queue<Runnable> ready = new ArrayDeque<>();
  private volatile Instant now;
  private long sequence;
  private volatile boolean running;

  private final class Scheduled implements Alarm {
    private final Instant due;
    private final long sequence;
    private final Runnable task;
    private boolean over;

    private Scheduled(Instant due, long sequence, Runnable task) {
      this.due = due;
      this.sequence = sequence;
      this.task = task;
    }

    @Override
    public void cancel() {
      synchronized (lock) {
        over = true;
      }
    }
  }

  private VirtualTime(Instant start) {
    this.now = start;
  }

  public static VirtualTime startingAt(Instant start) {
    return new VirtualTime(start);
  }

  /** {@code start} as in {@code 2026-03-01T00:00:00Z}. */
  public static VirtualTime startingAt(String start) {
    return new VirtualTime(Instant.parse(start));
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Runs the task as soon as those handed in before it have run, at the present instant. */
  @Override
  public void execute(Runnable task) {
    synchronized (lock) {
      ready.add(task);
    }
  }

  /** Runs the task once at {@code when}; at the present instant if that has passed. */
  @Override
  public Alarm at(Instant when, Runnable task) {
    synchronized (lock) {
      Scheduled timer = new Scheduled(when.isBefore(now) ? now : when, sequence++, task);
      timers.add(timer);
      return timer;
    }
  }

  /** The same, counted from now. */
  public Alarm schedule(Duration delay, Runnable task) {
    return at(now.plus(delay), task);
  }

  /** Runs all that is due up to and including {@code end}, and leaves the clock there. */
  public void runUntil(Instant end) {
    requireForwards(end);
    run(end);
    now = end;
  }

  /**
   * Runs until nothing is left to do, for at most {@code atMost} of virtual time; the clock stays
   * at the last thing done.
   *
   * @return whether nothing is left to do
   */
  public boolean runUntilIdle(Duration atMost) {
    run(now.plus(atMost));
    return pending() == 0;
  }

  /** Moves the clock on, running all that comes due on the way. */
  public void advance(Duration by) {
    runUntil(now.plus(by));
  }

  /** Forgets all that is ready or waits, as when a process dies; the clock stays. */
  public void clear() {
    synchronized (lock) {
      ready.clear();
      timers.clear();
    }
  }

  /** Tasks that are ready or wait for their instant. */
  public int pending() {
    synchronized (lock) {
      dropCancelled();
      return ready.size() + timers.size();
    }
  }

  /** Drops all tasks, as the death of their process would. */
  public void forget() {
    synchronized (lock) {
      ready.clear();
      timers.clear();
    }
  }

  private void requireForwards(Instant end) {
    if (end.isBefore(now)) {
      throw new IllegalArgumentException("time does not run backwards: " + now + " to " + end);
    }
  }

  private void run(Instant end) {
    begin();
    try {
      for (Optional<Runnable> next = next(end); next.isPresent(); next = next(end)) {
        next.get().run();
      }
    } finally {
      running = false;
    }
  }

  private void begin() {
    synchronized (lock) {
      if (running) {
        throw new IllegalStateException("a task cannot move the clock it runs by; let it schedule");
      }
      running = true;
    }
  }

  /** What is ready, or else the next timer up to {@code end}, to whose instant the clock jumps. */
  private Optional<Runnable> next(Instant end) {
    synchronized (lock) {
      Runnable task = ready.poll();
      if (task != null) {
        return Optional.of(task);
      }
      dropCancelled();
      Scheduled timer = timers.peek();
      if (timer == null || timer.due.isAfter(end)) {
        return Optional.empty();
      }
      timers.remove();
      now = timer.due;
      return Optional.of(timer.task);
    }
  }

  /** From the head only: a cancelled timer further back costs nothing until its turn. */
  private void dropCancelled() {
    for (Scheduled head = timers.peek(); head != null && head.over; head = timers.peek()) {
      timers.remove();
    }
  }
}
