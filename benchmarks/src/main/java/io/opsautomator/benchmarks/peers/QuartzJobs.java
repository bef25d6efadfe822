package io.opsautomator.benchmarks.peers;

import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

/** Quartz with its store in memory, sixty-four triggers in a batch, a job for each. */
final class QuartzJobs implements Jobs {
  private static volatile CountDownLatch done = new CountDownLatch(0);

  private final Scheduler scheduler;

  QuartzJobs() {
    Properties settings = new Properties();
    settings.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
    settings.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
    settings.setProperty("org.quartz.threadPool.threadCount", "" + THREADS);
    settings.setProperty("org.quartz.scheduler.batchTriggerAcquisitionMaxCount", "64");
    settings.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
    try {
      scheduler = new StdSchedulerFactory(settings).getScheduler();
      scheduler.start();
    } catch (SchedulerException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void run(int jobs) throws InterruptedException {
    done = new CountDownLatch(jobs);
    try {
      for (int i = 0; i < jobs; i++) {
        scheduler.scheduleJob(
            JobBuilder.newJob(Touch.class).build(), TriggerBuilder.newTrigger().startNow().build());
      }
    } catch (SchedulerException e) {
      throw new IllegalStateException(e);
    }
    done.await();
  }

  @Override
  public void close() {
    try {
      scheduler.shutdown();
    } catch (SchedulerException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Public for Quartz, which makes one for each run. */
  public static final class Touch implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      done.countDown();
    }
  }
}
