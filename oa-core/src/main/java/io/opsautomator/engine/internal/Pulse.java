package io.opsautomator.engine.internal;

import io.opsautomator.Vitals;
import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.WorkQueue;
import io.opsautomator.dispatch.WorkQueue.Delivery;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Feels whether an engine is alive. Each thread that works on an execution beats when it begins and
 * whenever its action comes to a boundary; one that is silent for longer than a lease has lost it,
 * and hangs. Listings are not felt: they hold no lease, and may wait long for their turn.
 * Thread-safe.
 */
final class Pulse {
  private final InstantSource clock;
  private final Map<Thread, Instant> beats = new ConcurrentHashMap<>();
  private final AtomicInteger inHand = new AtomicInteger();
  private final LongAdder handled = new LongAdder();
  private volatile boolean begun;
  private volatile Optional<Instant> ticked = Optional.empty();
  private volatile Optional<Instant> answered = Optional.empty();

  Pulse(InstantSource clock) {
    this.clock = clock;
  }

  /** Takes what a queue delivers from now on. */
  void begin(WorkQueue queue, Consumer<Delivery> handler) {
    queue.deliverTo(delivery -> during(delivery, handler));
    begun = true;
  }

  private void during(Delivery delivery, Consumer<Delivery> handler) {
    boolean felt =
        delivery.message() instanceof Message.Start || delivery.message() instanceof Message.Check;
    Thread self = Thread.currentThread();
    inHand.incrementAndGet();
    if (felt) {
      beats.put(self, clock.instant());
    }
    try {
      handler.accept(delivery);
    } finally {
      beats.remove(self);
      handled.increment();
      inHand.decrementAndGet();
    }
  }

  /** Looks at what is due; what the store throws passes through. */
  void tick(Runnable look) {
    boolean well = false;
    try {
      look.run();
      well = true;
    } finally {
      Optional<Instant> now = Optional.of(clock.instant());
      ticked = now;
      answered = well ? now : answered;
    }
  }

  /** The same question, asked by an action at each of its boundaries: who asks is alive. */
  BooleanSupplier felt(BooleanSupplier question) {
    return () -> {
      Instant now = clock.instant(); // Asked first: nothing is called while the map holds a lock.
      beats.replace(Thread.currentThread(), now);
      return question.getAsBoolean();
    };
  }

  Vitals vitals(boolean closing) {
    Vitals.State state = begun ? Vitals.State.WORKING : Vitals.State.NEW;
    return new Vitals(
        closing ? Vitals.State.CLOSING : state,
        ticked,
        answered,
        inHand.get(),
        handled.sum(),
        beats.values().stream().min(Instant::compareTo));
  }
}
