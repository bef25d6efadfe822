package io.opsautomator.engine.internal;

import io.opsautomator.action.TransientException;
import io.opsautomator.dispatch.KeyedLimiter;
import io.opsautomator.dispatch.KeyedLimiter.Bounds;
import io.opsautomator.dispatch.Permit;
import io.opsautomator.resource.ResourceType;
import io.opsautomator.resource.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How fast this process lists: so many slices of one account at once, and so many calls a second of
 * one kind of resource in one account and region, which is what services count by. Who has to wait
 * gives its thread back. One that is throttled slows down others of its own key, and nobody else.
 * Thread-safe.
 */
final class ListingLimits {
  static final Bounds DEFAULT = new Bounds(10, 20, 100);

  /** After which who found all slots taken asks again. */
  static final Duration PAUSE = Duration.ofSeconds(1);

  private final KeyedLimiter<Scope.AccountId> slices;
  private final KeyedLimiter<Place> calls;

  private record Place(Scope scope, String type) {}

  ListingLimits(Bounds bounds, InstantSource clock) {
    KeyedLimiter.Alarms nobodyWaits = (nanos, task) -> task.run();
    this.slices = new KeyedLimiter<>(Bounds.atOnce(bounds.atOnce()), () -> 0, nobodyWaits);
    Bounds rate = new Bounds(Bounds.MOST_AT_ONCE, bounds.perSecond(), bounds.burst());
    this.calls = new KeyedLimiter<>(rate, new Elapsed(clock)::nanos, nobodyWaits);
  }

  /** To list a slice; held until the thread is given back. */
  Permit slice(Scope scope) {
    return slices.tryAcquire(scope.account());
  }

  /** Zero when a call may be made now, and then it has been counted. */
  Duration turn(Scope scope, ResourceType<?> type) {
    try (Permit permit = calls.tryAcquire(new Place(scope, type.key()))) {
      return Duration.ofNanos(permit.waitNanos());
    }
  }

  /** Who is throttled is not asked again by anybody before the pause is over. */
  void failed(Scope scope, ResourceType<?> type, TransientException.Kind kind, Duration pause) {
    if (kind == TransientException.Kind.THROTTLED) {
      calls.pause(new Place(scope, type.key()), pause);
    }
  }

  /** Time by a clock that may be set back. */
  private static final class Elapsed {
    private final InstantSource clock;
    private Instant last;
    private long nanos;

    Elapsed(InstantSource clock) {
      this.clock = clock;
      this.last = clock.instant();
    }

    /** The clock is asked outside the lock, since nobody is to wait for it there. */
    long nanos() {
      return upTo(clock.instant());
    }

    private synchronized long upTo(Instant now) {
      nanos += Math.max(0, Duration.between(last, now).toNanos());
      last = now;
      return nanos;
    }
  }
}
