package io.opsautomator.benchmarks.peers;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** db-scheduler on H2 in memory, told at once of what is due at once. */
final class DbSchedulerJobs implements Jobs {
  private volatile CountDownLatch done = new CountDownLatch(0);
  private final OneTimeTask<Void> touch =
      Tasks.oneTime("touch").execute((instance, context) -> done.countDown());
  private final Scheduler scheduler =
      Scheduler.create(H2.inMemory(), touch)
          .threads(THREADS)
          .pollingInterval(Duration.ofMillis(100))
          .enableImmediateExecution()
          .build();
  private int handedIn;

  DbSchedulerJobs() {
    scheduler.start();
  }

  @Override
  public void run(int jobs) throws InterruptedException {
    done = new CountDownLatch(jobs);
    List<TaskInstance<?>> instances =
        IntStream.range(0, jobs)
            .<TaskInstance<?>>mapToObj(i -> touch.instance("job-" + handedIn++))
            .toList();
    scheduler.scheduleBatch(instances, Instant.now());
    done.await();
  }

  @Override
  public void close() {
    scheduler.stop();
  }
}
