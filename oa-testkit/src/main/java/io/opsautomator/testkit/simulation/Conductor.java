package io.opsautomator.testkit.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Lets the workers of all processes of one world go on, one step at a time, and moves time when
 * none can.
 *
 * <p>Exactly one fiber runs; it keeps the baton until it gives way, and then whoever is picked at
 * random among the ready ones goes on. Where the same one is picked, no thread is switched. Time
 * stands still while a fiber is ready; otherwise it jumps to the next event, which runs on the
 * thread that noticed. So all that happens is a function of the seed.
 */
final class Conductor {
  /** Beyond this a world does not come to an end. */
  private static final int MOST_STEPS = 400_000;

  private final Lane lane;
  private final Chance chance;
  private final List<Fiber> ready = new ArrayList<>();
  private final List<Fiber> alive = new ArrayList<>();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.comparingLong((Event event) -> event.at)
              .thenComparingLong(event -> event.turn));
  private final Runnable afterEvent;
  private long now;
  private long turns;
  private long steps;
  private long fibers;
  private @Nullable Fiber current;
  private @Nullable Throwable failure;
  private boolean over;

  /** Something that happens at an instant of true time, unless cancelled. */
  static final class Event {
    private final long at;
    private final long turn;
    private final Runnable what;
    private boolean cancelled;

    private Event(long at, long turn, Runnable what) {
      this.at = at;
      this.turn = turn;
      this.what = what;
    }

    void cancel() {
      cancelled = true;
    }
  }

  /**
   * @param start in milliseconds of the epoch
   * @param afterEvent looks whether the world has ended, and then calls {@link #end}
   */
  Conductor(Lane lane, Chance chance, long start, Runnable afterEvent) {
    this.lane = lane;
    this.chance = chance;
    this.now = start;
    this.afterEvent = afterEvent;
  }

  long now() {
    return now;
  }

  long steps() {
    return steps;
  }

  long nextStep() {
    if (++steps > MOST_STEPS && failure == null) {
      fail(new Violation("L1", "no end after " + MOST_STEPS + " steps"));
    }
    return steps;
  }

  /** Null while an event runs, or nothing. */
  @Nullable Fiber current() {
    return current;
  }

  boolean over() {
    return over;
  }

  @Nullable Throwable failure() {
    return failure;
  }

  /** Ends the world as failed; of several failures the first counts. */
  void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
    end();
  }

  /** All workers that are left are ended at their seams. */
  void end() {
    over = true;
  }

  // -- Time ---------------------------------------------------------------------------------------

  Event at(long instant, Runnable what) {
    Event event = new Event(Math.max(instant, now), turns++, what);
    events.add(event);
    return event;
  }

  Event in(long millis, Runnable what) {
    return at(now + millis, what);
  }

  // -- Fibers -------------------------------------------------------------------------------------

  void spawn(Node node, Runnable body) {
    Fiber fiber = new Fiber(node, (int) ++fibers, body);
    alive.add(fiber);
    enlist(fiber);
  }

  private void enlist(Fiber fiber) {
    fiber.asleep = false;
    if (fiber.node.frozen() && !over) {
      fiber.node.hold(() -> enlist(fiber));
    } else {
      ready.add(fiber);
    }
  }

  /** At a seam: perhaps another one goes on first. */
  void giveWay() {
    Fiber me = running();
    enlist(me);
    leave(me);
  }

  /** At a seam: others go on first, if there are any. */
  void letOthersGo() {
    Fiber me = running();
    if (!ready.isEmpty()) {
      Fiber next = take();
      enlist(me);
      transfer(me, next);
    }
    me.node.mustLive();
  }

  /** At a seam: goes on after some true time. */
  void sleep(long millis) {
    Fiber me = running();
    me.asleep = true;
    in(millis, () -> awaken(me));
    leave(me);
  }

  private void awaken(Fiber fiber) {
    if (fiber.asleep) {
      enlist(fiber);
    }
  }

  /** All who sleep go on. */
  void awakenAll() {
    List.copyOf(alive).forEach(this::awaken);
  }

  /** Workers of a process that has died end at the seam they stand at. */
  void kill(Node node) {
    for (Fiber fiber : alive) {
      if (fiber.node == node && fiber != current && !ready.contains(fiber)) {
        fiber.asleep = false;
        ready.add(fiber);
      }
    }
  }

  /** Those of its workers that could go on do so when it thaws. */
  void freeze(Node node) {
    List<Fiber> theirs = ready.stream().filter(fiber -> fiber.node == node).toList();
    ready.removeAll(theirs);
    theirs.forEach(this::enlist);
  }

  boolean isBusy() {
    return !alive.isEmpty();
  }

  private Fiber running() {
    if (current == null) {
      throw new IllegalStateException("no worker runs");
    }
    return current;
  }

  private void leave(Fiber me) {
    Fiber next = next();
    if (next == null) {
      throw new IllegalStateException("a worker was forgotten"); // it is alive itself
    }
    transfer(me, next);
    me.node.mustLive();
  }

  private void transfer(Fiber me, Fiber next) {
    if (next != me) {
      Carrier carrier = carrier(me);
      hand(next);
      carrier.awaitBaton();
    }
    current = me;
  }

  private static Carrier carrier(Fiber fiber) {
    if (fiber.carrier == null) {
      throw new IllegalStateException("a worker without a thread");
    }
    return fiber.carrier;
  }

  private void hand(Fiber next) {
    current = next;
    if (next.carrier == null) {
      lane.carrier().begin(next);
    } else {
      next.carrier.wake();
    }
  }

  // -- On the threads -----------------------------------------------------------------------------

  /** Called by the thread that waits for the end of the world. */
  void begin() {
    Fiber next = next();
    if (next == null) {
      lane.end();
    } else {
      hand(next);
    }
  }

  /** Runs a fiber from its beginning to its end. */
  void carry(Fiber fiber) {
    current = fiber;
    try {
      fiber.node.mustLive();
      fiber.body.run();
    } catch (Death death) {
      // It is no more, and nobody is to learn of it.
    } catch (Throwable e) {
      fail(e);
    }
    fiber.over = true;
    alive.remove(fiber);
    current = null;
  }

  /** What this thread does next; null if it hands the baton on, and becomes idle. */
  @Nullable Fiber after(Carrier carrier) {
    Fiber next = next();
    if (next != null && next.carrier == null) {
      return next;
    }
    lane.isIdle(carrier);
    if (next == null) {
      lane.end();
    } else {
      hand(next);
    }
    return null;
  }

  private Fiber take() {
    int index = ready.size() == 1 ? 0 : chance.below(ready.size());
    Fiber last = ready.remove(ready.size() - 1);
    return index == ready.size() ? last : ready.set(index, last);
  }

  /** Moves time until somebody can go on; null when nobody is left. */
  private @Nullable Fiber next() {
    current = null;
    while (ready.isEmpty() && !over) {
      advance();
    }
    if (over) {
      return last();
    }
    return take();
  }

  private void advance() {
    Event event = events.poll();
    if (event == null) {
      fail(new Violation("L1", "nothing is left to happen in this world"));
    } else if (!event.cancelled) {
      now = Math.max(now, event.at);
      try {
        event.what.run();
        afterEvent.run();
      } catch (Throwable e) {
        fail(e);
      }
    }
  }

  /** At the end of the world: those that have begun are let go once more, to unwind. */
  private @Nullable Fiber last() {
    while (!alive.isEmpty()) {
      Fiber fiber = alive.get(alive.size() - 1);
      if (fiber.carrier != null) {
        return fiber;
      }
      alive.remove(alive.size() - 1);
    }
    return null;
  }
}
