package io.opsautomator.benchmarks.peers;

import dev.failsafe.Bulkhead;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Something that runs jobs that do nothing, on eight threads. */
interface Jobs extends AutoCloseable {
  int THREADS = 8;
  int KEYS = 1000;

  /** Their names on the command line and in results. */
  static Jobs named(String name) {
    return switch (name) {
      case "pool" -> new Pool();
      case "failsafe-async" -> new FailsafeAsync();
      case "failsafe-sync" -> new FailsafeSync();
      case "quartz" -> new QuartzJobs();
      case "db-scheduler" -> new DbSchedulerJobs();
      case "jobrunr" -> new JobRunrJobs();
      default -> throw new IllegalArgumentException("nothing that runs jobs is called " + name);
    };
  }

  /** Hands in so many jobs, and returns when all of them have run. */
  void run(int jobs) throws InterruptedException;

  @Override
  void close();

  /** A retry and four at once for each of a thousand keys. */
  static List<FailsafeExecutor<Object>> keyed() {
    List<FailsafeExecutor<Object>> keyed = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      Bulkhead<Object> bulkhead =
          Bulkhead.builder(4).withMaxWaitTime(Duration.ofMinutes(1)).build();
      keyed.add(Failsafe.with(RetryPolicy.ofDefaults(), bulkhead));
    }
    return keyed;
  }

  /** The pool alone, without any limit. */
  final class Pool implements Jobs {
    private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);

    @Override
    public void run(int jobs) throws InterruptedException {
      CountDownLatch done = new CountDownLatch(jobs);
      for (int i = 0; i < jobs; i++) {
        pool.execute(done::countDown);
      }
      done.await();
    }

    @Override
    public void close() {
      pool.shutdownNow();
    }
  }

  /** Limits that hold no thread while they wait. */
  final class FailsafeAsync implements Jobs {
    private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    private final List<FailsafeExecutor<Object>> keyed =
        keyed().stream().map(executor -> executor.with(pool)).toList();

    @Override
    public void run(int jobs) throws InterruptedException {
      CountDownLatch done = new CountDownLatch(jobs);
      for (int i = 0; i < jobs; i++) {
        keyed.get(i % KEYS).runAsync(done::countDown);
      }
      done.await();
    }

    @Override
    public void close() {
      pool.shutdownNow();
    }
  }

  /** Limits in which a thread waits. */
  final class FailsafeSync implements Jobs {
    private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    private final List<FailsafeExecutor<Object>> keyed = keyed();

    @Override
    public void run(int jobs) throws InterruptedException {
      CountDownLatch done = new CountDownLatch(jobs);
      for (int i = 0; i < jobs; i++) {
        FailsafeExecutor<Object> executor = keyed.get(i % KEYS);
        pool.execute(() -> executor.run(done::countDown));
      }
      done.await();
    }

    @Override
    public void close() {
      pool.shutdownNow();
    }
  }
}
