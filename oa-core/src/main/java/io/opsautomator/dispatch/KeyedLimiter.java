package io.opsautomator.dispatch;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Bounds for each key how many are at work at once, and how many begin in a second. Within one
 * process and in memory: what must hold across processes and crashes is the business of gates.
 *
 * <p>A permit is of both kinds or none: the time of the key's next turn (the generic cell rate
 * algorithm) and the number of permits held are halves of one word, which one compare-and-set
 * changes. A permit that is granted at once allocates nothing. Who waits is served in the order of
 * asking: while anybody waits nobody else is granted, and a permit that is given back goes from
 * hand to hand.
 *
 * <p>Keys come into being when they are asked for and are forgotten once idle, so there may be
 * millions over time; up to {@value #FIRST_SWEEP} idle ones are kept. Thread-safe; no call blocks.
 *
 * @param <K> with {@code equals} and {@code hashCode}, immutable
 */
public final class KeyedLimiter<K> {
  private static final int FIRST_SWEEP = 16_384;

  final Bounds bounds;
  private final LongSupplier nanos;
  private final long start;
  private final Alarms alarms;
  private final ConcurrentHashMap<K, LimitedKey> keys = new ConcurrentHashMap<>();
  private final AtomicInteger sweepAt = new AtomicInteger(FIRST_SWEEP);

  /** Runs something once, so many nanoseconds from now, never in the caller's call. */
  @FunctionalInterface
  public interface Alarms {
    void after(long nanos, Runnable task);
  }

  /**
   * What one key is allowed. Immutable.
   *
   * @param atOnce permits held at the same time, 1 to {@value #MOST_AT_ONCE}
   * @param perSecond permits granted in a second, above 0 and up to {@value #FASTEST}; infinite
   *     without a rate. Held to within a thousandth of a millisecond a permit, on the slow side
   * @param burst how many of them may come in a row after a rest, 1 to {@value #LONGEST_BURST}
   */
  public record Bounds(int atOnce, double perSecond, int burst) {
    public static final int MOST_AT_ONCE = 16_383;
    public static final double FASTEST = 100_000;
    public static final int LONGEST_BURST = 1_000_000_000;

    /** As many as can be counted, as fast as they come. */
    public static final Bounds NONE = new Bounds(MOST_AT_ONCE, Double.POSITIVE_INFINITY, 1);

    public Bounds {
      require("atOnce", atOnce, atOnce >= 1 && atOnce <= MOST_AT_ONCE, "1 to " + MOST_AT_ONCE);
      boolean rate = perSecond > 0 && (perSecond <= FASTEST || Double.isInfinite(perSecond));
      require("perSecond", perSecond, rate, "above 0 and up to " + FASTEST + ", or infinite");
      require("burst", burst, burst >= 1 && burst <= LONGEST_BURST, "1 to " + LONGEST_BURST);
    }

    private static void require(String what, Number given, boolean good, String allowed) {
      if (!good) {
        throw new IllegalArgumentException(what + " is " + given + ", not " + allowed);
      }
    }

    /** So many at once, as fast as they come. */
    public static Bounds atOnce(int most) {
      return new Bounds(most, Double.POSITIVE_INFINITY, 1);
    }

    /** So many a second, however long each lasts. */
    public static Bounds perSecond(double most, int burst) {
      return new Bounds(MOST_AT_ONCE, most, burst);
    }

    boolean hasRate() {
      return !Double.isInfinite(perSecond);
    }
  }

  /**
   * @param nanos elapsed time that never goes back, such as {@code System::nanoTime}; asked only
   *     where there is a rate
   * @param alarms wake those who wait for their turn
   */
  public KeyedLimiter(Bounds bounds, LongSupplier nanos, Alarms alarms) {
    this.bounds = bounds;
    this.nanos = nanos;
    this.start = bounds.hasRate() ? nanos.getAsLong() : 0;
    this.alarms = alarms;
  }

  /** A permit if there is one now and nobody waits for it. */
  public Permit tryAcquire(K key) {
    while (true) {
      LimitedKey limited = limited(key);
      Permit permit = limited.tryAcquire();
      if (permit != LimitedKey.FORGOTTEN) {
        return permit;
      }
    }
  }

  /**
   * A permit at once, or else later: then the answer is a refusal, and {@code later} is given the
   * permit in its turn. It is called by whoever gives a permit back or by an alarm, should be short
   * and must not throw; those of one key are called one after another.
   */
  public Permit acquire(K key, Consumer<Permit> later) {
    while (true) {
      LimitedKey limited = limited(key);
      Permit permit = limited.acquire(later);
      if (permit != LimitedKey.FORGOTTEN) {
        return permit;
      }
    }
  }

  /** Grants nothing more of this key for so long: its service has said that it is too much. */
  public void pause(K key, Duration time) {
    while (!limited(key).pause(ticks(time.toNanos()))) {
      // Forgotten just now: it is another by now.
    }
  }

  /** How many keys are remembered: those in use, and some that are idle. */
  public int size() {
    return keys.size();
  }

  private LimitedKey limited(K key) {
    LimitedKey there = keys.get(key);
    return there == null ? fresh(key) : there;
  }

  private LimitedKey fresh(K key) {
    int most = sweepAt.get();
    if (keys.size() >= most && sweepAt.compareAndSet(most, Integer.MAX_VALUE)) {
      keys.values().removeIf(LimitedKey::forget);
      sweepAt.set(Math.max(FIRST_SWEEP, 2 * keys.size()));
    }
    return keys.computeIfAbsent(key, k -> new LimitedKey(this));
  }

  /** Since this limiter was made; 0 without a rate. */
  long now() {
    return bounds.hasRate() ? ticks(nanos.getAsLong() - start) : 0;
  }

  private static long ticks(long nanos) {
    return nanos >> LimitedKey.TICK;
  }

  void wake(long ticks, Runnable task) {
    alarms.after(LimitedKey.nanos(ticks), task);
  }
}
