package io.opsautomator.engine.internal;

import io.opsautomator.dispatch.Timer;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * The real world, for engines that were not given another: a composition root, and the only place
 * in this library that takes a clock, threads or randomness from the platform. Workers are virtual
 * threads where the platform has them.
 */
final class SystemRuntime implements AutoCloseable {
  final InstantSource clock = Clock.systemUTC();

  /** One that many threads may use, and that no class loader has to find. */
  final RandomGenerator random = new Random();

  final ExecutorService workers = workers();
  private final ScheduledThreadPoolExecutor alarms = alarms();
  final Timer timer = this::at;

  /** Tells this process from others that may use the same store. */
  String worker() {
    return ManagementFactory.getRuntimeMXBean().getName()
        + "/"
        + Long.toString(random.nextLong(), 36);
  }

  private Timer.Alarm at(java.time.Instant when, Runnable task) {
    Duration left = Duration.between(clock.instant(), when);
    ScheduledFuture<?> future =
        alarms.schedule(task, Math.max(0, left.toNanos()), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  private static ScheduledThreadPoolExecutor alarms() {
    ScheduledThreadPoolExecutor alarms = new ScheduledThreadPoolExecutor(1, named("oa-timer-"));
    alarms.setRemoveOnCancelPolicy(true);
    return alarms;
  }

  /** By reflection, since this library also runs where there are no virtual threads yet. */
  private static ExecutorService workers() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException | UnsupportedOperationException none) {
      return Executors.newCachedThreadPool(named("oa-worker-"));
    }
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public void close() {
    alarms.shutdownNow();
    workers.shutdown();
  }
}
