package io.opsautomator.benchmarks.permit;

import com.google.common.util.concurrent.RateLimiter;
import dev.failsafe.Bulkhead;
import io.github.bucket4j.Bucket;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.opsautomator.dispatch.KeyedLimiter;
import io.opsautomator.dispatch.KeyedLimiter.Bounds;
import io.opsautomator.dispatch.Permit;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Something that lets so many at once and so many a second do something for a key, or one of the
 * two. The bounds are never reached, so that granting is what is measured; who keeps no map of keys
 * is given a {@link ConcurrentHashMap}.
 */
interface Limiter {
  int AT_ONCE = 1000;
  int A_SECOND = 100_000_000;

  /** Takes a permit and gives it back; whether there was one. */
  boolean take(String key);

  /** Their names on the command line and in results; "floor" is what nothing can be below. */
  static Limiter named(String name, int keys) {
    return switch (name) {
      case "ours" -> ours();
      case "floor" -> keys == 1 ? semaphoreAndClock() : mapAndClock();
      case "resilience4j" -> resilience4j();
      case "resilience4j-rate" -> resilience4jRate();
      case "bucket4j" -> bucket4j();
      case "guava" -> guava();
      case "failsafe" -> failsafe();
      default -> throw new IllegalArgumentException("no limiter is called " + name);
    };
  }

  private static Limiter ours() {
    KeyedLimiter<String> limiter =
        new KeyedLimiter<>(
            new Bounds(AT_ONCE, Bounds.FASTEST, Bounds.LONGEST_BURST),
            System::nanoTime,
            (nanos, task) -> {});
    return key -> {
      try (Permit permit = limiter.tryAcquire(key)) {
        return permit.granted();
      }
    };
  }

  private static Limiter semaphoreAndClock() {
    Semaphore semaphore = new Semaphore(AT_ONCE);
    return key -> {
      boolean taken = semaphore.tryAcquire();
      long now = System.nanoTime();
      semaphore.release();
      return taken && now != 0;
    };
  }

  private static Limiter mapAndClock() {
    ConcurrentHashMap<String, Long> map = new ConcurrentHashMap<>();
    return key -> {
      Long there = map.get(key);
      if (there == null) {
        map.put(key, 1L);
      }
      return System.nanoTime() != 0;
    };
  }

  /** Both kinds, looked up in its own registries. */
  private static Limiter resilience4j() {
    RateLimiterRegistry rates = RateLimiterRegistry.of(rate());
    BulkheadRegistry bulkheads =
        BulkheadRegistry.of(
            BulkheadConfig.custom()
                .maxConcurrentCalls(AT_ONCE)
                .maxWaitDuration(Duration.ZERO)
                .build());
    return key -> {
      io.github.resilience4j.bulkhead.Bulkhead bulkhead = bulkheads.bulkhead(key);
      boolean taken = bulkhead.tryAcquirePermission();
      boolean inTime = rates.rateLimiter(key).acquirePermission();
      bulkhead.onComplete();
      return taken && inTime;
    };
  }

  private static Limiter resilience4jRate() {
    RateLimiterRegistry rates = RateLimiterRegistry.of(rate());
    return key -> rates.rateLimiter(key).acquirePermission();
  }

  private static RateLimiterConfig rate() {
    return RateLimiterConfig.custom()
        .limitForPeriod(A_SECOND)
        .limitRefreshPeriod(Duration.ofSeconds(1))
        .timeoutDuration(Duration.ZERO)
        .build();
  }

  private static Limiter bucket4j() {
    ConcurrentHashMap<String, Bucket> buckets = new ConcurrentHashMap<>();
    return key -> {
      Bucket there = buckets.get(key);
      Bucket bucket = there == null ? buckets.computeIfAbsent(key, fresh -> bucket()) : there;
      return bucket.tryConsume(1);
    };
  }

  private static Bucket bucket() {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(A_SECOND).refillGreedy(A_SECOND, Duration.ofSeconds(1)))
        .build();
  }

  private static Limiter guava() {
    ConcurrentHashMap<String, RateLimiter> limiters = new ConcurrentHashMap<>();
    return key -> {
      RateLimiter there = limiters.get(key);
      RateLimiter limiter =
          there == null
              ? limiters.computeIfAbsent(key, fresh -> RateLimiter.create(A_SECOND))
              : there;
      return limiter.tryAcquire();
    };
  }

  /** Both kinds, as for Resilience4j. */
  private static Limiter failsafe() {
    ConcurrentHashMap<String, Policies> policies = new ConcurrentHashMap<>();
    return key -> {
      Policies there = policies.get(key);
      Policies both = there == null ? policies.computeIfAbsent(key, Policies::fresh) : there;
      boolean taken = both.bulkhead.tryAcquirePermit();
      boolean inTime = both.rate.tryAcquirePermit();
      both.bulkhead.releasePermit();
      return taken && inTime;
    };
  }

  /** Both of Failsafe's for one key. */
  record Policies(Bulkhead<Object> bulkhead, dev.failsafe.RateLimiter<Object> rate) {
    static Policies fresh(String key) {
      return new Policies(
          Bulkhead.of(AT_ONCE),
          dev.failsafe.RateLimiter.burstyBuilder(A_SECOND, Duration.ofSeconds(1)).build());
    }
  }
}
