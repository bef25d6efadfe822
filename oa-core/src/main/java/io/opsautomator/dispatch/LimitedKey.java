package io.opsautomator.dispatch;

import io.opsautomator.dispatch.KeyedLimiter.Bounds;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One key of a limiter, and at the same time each of its permits.
 *
 * <p>The word holds, from the top: 48 bits of time, in ticks of 1.024 microseconds since the
 * limiter was made (nine years), up to which turns have been given away; whether the key has been
 * forgotten; whether anybody waits; and in 14 bits how many permits are held. While somebody waits
 * permits are granted under the lock of this object only, so nobody can come in between.
 */
final class LimitedKey extends AtomicLong implements Permit {
  private static final long serialVersionUID = 1L;

  static final int TICK = 10;
  static final Permit FORGOTTEN = new Refused(0);
  private static final Permit HELD = new Refused(0);

  private static final long COUNT = Bounds.MOST_AT_ONCE;
  private static final long WAITED_FOR = COUNT + 1;
  private static final long GONE = WAITED_FOR << 1;
  private static final int TIME = 16;

  private final transient KeyedLimiter<?> limiter;
  private final long interval;
  private final long tolerance;

  // -- Guarded by this object ---------------------------------------------------------------------

  private final transient ArrayDeque<Consumer<Permit>> waiting = new ArrayDeque<>(0);
  private final transient ArrayDeque<Consumer<Permit>> granted = new ArrayDeque<>(0);
  private boolean telling;
  private boolean armed;

  LimitedKey(KeyedLimiter<?> limiter) {
    this.limiter = limiter;
    Bounds bounds = limiter.bounds;
    this.interval = bounds.hasRate() ? (long) Math.ceil(1e9 / bounds.perSecond() / (1 << TICK)) : 0;
    this.tolerance = interval * (bounds.burst() - 1);
  }

  static long nanos(long ticks) {
    return ticks << TICK;
  }

  @Override
  public boolean granted() {
    return true;
  }

  @Override
  public long waitNanos() {
    return 0;
  }

  Permit tryAcquire() {
    long now = limiter.now();
    while (true) {
      long state = get();
      if ((state & (WAITED_FOR | GONE)) != 0) {
        return (state & GONE) != 0 ? FORGOTTEN : new Refused(Math.max(0, nanos(early(state, now))));
      }
      if ((state & COUNT) >= limiter.bounds.atOnce()) {
        return HELD;
      }
      long early = early(state, now);
      if (early > 0) {
        return new Refused(nanos(early));
      }
      if (compareAndSet(state, taken(state, now))) {
        return this;
      }
    }
  }

  /** By how much the next turn is too early now; not above 0 when it may be had. */
  private long early(long state, long now) {
    return (state >>> TIME) - now - tolerance;
  }

  private long taken(long state, long now) {
    long turn = Math.max(state >>> TIME, now) + interval;
    return (turn << TIME) | ((state & (WAITED_FOR | COUNT)) + 1);
  }

  @Override
  public void close() {
    while (true) {
      long state = get();
      if ((state & COUNT) == 0) {
        throw new IllegalStateException("a permit was given back that had not been granted");
      }
      if ((state & WAITED_FOR) != 0) {
        handOver();
        return;
      }
      if (compareAndSet(state, state - 1)) {
        return;
      }
    }
  }

  // -- Waiting ------------------------------------------------------------------------------------

  Permit acquire(Consumer<Permit> later) {
    Permit permit = tryAcquire();
    if (permit.granted() || permit == FORGOTTEN) {
      return permit;
    }
    synchronized (this) {
      if (!mark(WAITED_FOR)) {
        return FORGOTTEN;
      }
      waiting.add(later);
      grantWaiting();
    }
    tell();
    return HELD;
  }

  /** False when it has been forgotten. */
  private boolean mark(long flag) {
    while (true) {
      long state = get();
      if ((state & GONE) != 0) {
        return false;
      }
      if (compareAndSet(state, state | flag)) {
        return true;
      }
    }
  }

  private void handOver() {
    synchronized (this) {
      decrementAndGet();
      grantWaiting();
    }
    tell();
  }

  private void alarm() {
    synchronized (this) {
      armed = false;
      grantWaiting();
    }
    tell();
  }

  /** Under the lock. In the end nobody waits, or somebody will come back here. */
  private void grantWaiting() {
    while (!waiting.isEmpty()) {
      long state = get();
      long now = limiter.now();
      long early = early(state, now);
      if ((state & COUNT) >= limiter.bounds.atOnce()) {
        return; // Whoever gives one back goes on.
      }
      if (early > 0) {
        arm(early);
        return;
      }
      if (compareAndSet(state, taken(state, now))) {
        granted.add(waiting.remove());
      }
    }
    getAndUpdate(state -> state & ~WAITED_FOR);
  }

  private void arm(long ticks) {
    if (!armed) {
      armed = true;
      limiter.wake(ticks, this::alarm);
    }
  }

  /** One after another, outside the lock, and not one within another however many there are. */
  private void tell() {
    synchronized (this) {
      if (telling) {
        return;
      }
      telling = true;
    }
    boolean more = true;
    while (more) {
      Optional<Consumer<Permit>> next = nextTold();
      next.ifPresent(later -> later.accept(this));
      more = next.isPresent();
    }
  }

  private synchronized Optional<Consumer<Permit>> nextTold() {
    Optional<Consumer<Permit>> next = Optional.ofNullable(granted.poll());
    telling = next.isPresent();
    return next;
  }

  // -- Time ---------------------------------------------------------------------------------------

  /** False when it has been forgotten. */
  boolean pause(long ticks) {
    while (true) {
      long state = get();
      if ((state & GONE) != 0) {
        return false;
      }
      long turn = Math.max(state >>> TIME, limiter.now() + tolerance + ticks);
      if (compareAndSet(state, (turn << TIME) | (state & (WAITED_FOR | COUNT)))) {
        return true;
      }
    }
  }

  /** Whether it was idle, and is no more to be used. */
  boolean forget() {
    long state = get();
    boolean idle = (state & (WAITED_FOR | GONE | COUNT)) == 0 && state >>> TIME <= limiter.now();
    return idle && compareAndSet(state, state | GONE);
  }
}
