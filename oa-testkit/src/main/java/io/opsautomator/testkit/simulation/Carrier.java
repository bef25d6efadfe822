package io.opsautomator.testkit.simulation;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread that carries fibers, one after another. Exactly one thread of a {@link Lane} runs at any
 * time: it holds the baton until it hands it on. What the one wrote the next one sees, since the
 * baton is volatile.
 */
final class Carrier implements Runnable {
  private final Lane lane;
  private final Thread thread;
  private volatile boolean baton;
  private @Nullable Fiber work;
  private boolean closed;

  Carrier(Lane lane, String name) {
    this.lane = lane;
    this.thread = new Thread(this, name);
    thread.setDaemon(true);
    thread.start();
  }

  Thread thread() {
    return thread;
  }

  /** Begins a fiber on this idle thread. */
  void begin(Fiber fiber) {
    work = fiber;
    wake();
  }

  void close() {
    closed = true;
    wake();
  }

  /** Hands the baton to this thread; the caller has to stop. */
  void wake() {
    baton = true;
    LockSupport.unpark(thread);
  }

  void awaitBaton() {
    while (!baton) {
      LockSupport.park(this);
    }
    baton = false;
  }

  @Override
  public void run() {
    awaitBaton();
    while (!closed) {
      Fiber fiber = work;
      while (fiber != null) {
        fiber.carrier = this;
        lane.conductor().carry(fiber);
        fiber = lane.conductor().after(this);
      }
      awaitBaton();
    }
  }
}
