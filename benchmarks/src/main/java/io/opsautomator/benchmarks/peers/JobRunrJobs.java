package io.opsautomator.benchmarks.peers;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.scheduling.JobScheduler;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.InMemoryStorageProvider;

/** JobRunr with its store in memory, which it looks through as often as it allows. */
final class JobRunrJobs implements Jobs {
  private static volatile CountDownLatch done = new CountDownLatch(0);

  private final JobScheduler scheduler =
      JobRunr.configure()
          .useStorageProvider(new InMemoryStorageProvider())
          .useBackgroundJobServer(
              BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                  .andWorkerCount(2 * THREADS)
                  .andPollInterval(Duration.ofSeconds(5)))
          .initialize()
          .getJobScheduler();

  @Override
  public void run(int jobs) throws InterruptedException {
    done = new CountDownLatch(jobs);
    scheduler.enqueue(IntStream.range(0, jobs).boxed(), number -> Touch.touch(number));
    done.await();
  }

  @Override
  public void close() {
    JobRunr.destroy();
  }

  /** Public for JobRunr, which reads the call out of the lambda's byte code. */
  public static final class Touch {
    private Touch() {}

    public static void touch(Integer number) {
      done.countDown();
    }
  }
}
