package io.opsautomator.testkit;

import io.opsautomator.dispatch.Timer;
import io.opsautomator.dispatch.WorkQueue;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

final class InProcessQueueTest extends WorkQueueContract {
  private final ScheduledExecutorService alarms = Executors.newSingleThreadScheduledExecutor();
  private final InstantSource clock = Clock.systemUTC();
  private final Timer timer =
      (when, task) -> {
        long left = Duration.between(clock.instant(), when).toNanos();
        ScheduledFuture<?> alarm = alarms.schedule(task, left, TimeUnit.NANOSECONDS);
        return () -> alarm.cancel(false);
      };

  @Override
  protected WorkQueue open(ExecutorService workers, int most) {
    return WorkQueue.inProcess(workers, timer, clock, most);
  }

  @AfterEach
  void stopAlarms() {
    alarms.shutdownNow();
  }
}
