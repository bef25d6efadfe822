package io.opsautomator.testkit.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The threads on which one world after the other runs, one thread at a time. Several lanes explore
 * worlds side by side and share nothing.
 */
final class Lane implements AutoCloseable {
  /** In real time; a world takes milliseconds. */
  private static final Duration HUNG = Duration.ofSeconds(60);

  private final String name;
  private final Deque<Carrier> idle = new ArrayDeque<>();
  private int carriers;
  private @Nullable Conductor conductor;
  private boolean done = true;

  Lane(String name) {
    this.name = name;
  }

  /** Runs a world to its end; the calling thread waits. */
  void run(Conductor of) {
    synchronized (this) {
      conductor = of;
      done = false;
    }
    of.begin();
    awaitEnd();
  }

  private synchronized void awaitEnd() {
    long until = System.nanoTime() + HUNG.toNanos();
    while (!done) {
      long left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new IllegalStateException(
            "a world hangs: a worker waits for a lock that another holds at a seam\n" + stacks());
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while a world went on", e);
      }
    }
  }

  private String stacks() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(entry -> entry.getKey().getName().startsWith(name))
        .map(
            entry ->
                entry.getKey()
                    + "\n  "
                    + Arrays.stream(entry.getValue())
                        .map(StackTraceElement::toString)
                        .collect(Collectors.joining("\n  ")))
        .collect(Collectors.joining("\n"));
  }

  /** Called by the last thread of a world, which becomes idle. */
  synchronized void end() {
    done = true;
    notifyAll();
  }

  Conductor conductor() {
    if (conductor == null) {
      throw new IllegalStateException("no world runs here");
    }
    return conductor;
  }

  /** A thread without work; only for the holder of the baton. */
  Carrier carrier() {
    Carrier carrier = idle.poll();
    return carrier != null ? carrier : new Carrier(this, name + "-" + ++carriers);
  }

  void isIdle(Carrier carrier) {
    idle.push(carrier);
  }

  @Override
  public void close() {
    idle.forEach(Carrier::close);
    idle.clear();
  }
}
