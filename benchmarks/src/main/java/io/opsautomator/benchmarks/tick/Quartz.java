package io.opsautomator.benchmarks.tick;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import org.quartz.CronScheduleBuilder;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.JobPersistenceException;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.Trigger.CompletedExecutionInstruction;
import org.quartz.TriggerBuilder;
import org.quartz.simpl.CascadingClassLoadHelper;
import org.quartz.simpl.RAMJobStore;
import org.quartz.spi.OperableTrigger;
import org.quartz.spi.SchedulerSignaler;
import org.quartz.spi.TriggerFiredResult;

/**
 * Quartz's store in memory, driven as its scheduler thread drives it: acquire, fired, complete. A
 * job of its own for each trigger; many triggers on one job are far slower.
 */
final class Quartz implements Scheduler {
  private static final int AT_ONCE = 1000;

  private final RAMJobStore store = new RAMJobStore();

  Quartz() {
    CascadingClassLoadHelper loader = new CascadingClassLoadHelper();
    loader.initialize();
    store.initialize(loader, new Silence());
  }

  @Override
  public void register(String task, int minuteOfDay, ZoneId zone, Instant after) {
    JobDetail job = JobBuilder.newJob(NoJob.class).withIdentity(task).build();
    OperableTrigger trigger =
        (OperableTrigger)
            TriggerBuilder.newTrigger()
                .withIdentity(task)
                .forJob(job)
                .startAt(Date.from(after.plusSeconds(1)))
                .withSchedule(
                    CronScheduleBuilder.dailyAtHourAndMinute(minuteOfDay / 60, minuteOfDay % 60)
                        .inTimeZone(TimeZone.getTimeZone(zone)))
                .build();
    trigger.computeFirstFireTime(null);
    try {
      store.storeJobAndTrigger(job, trigger);
    } catch (JobPersistenceException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public int tick(Instant now) {
    List<OperableTrigger> due = store.acquireNextTriggers(now.toEpochMilli(), AT_ONCE, 0);
    int fired = 0;
    while (!due.isEmpty()) {
      for (TriggerFiredResult result : store.triggersFired(due)) {
        store.triggeredJobComplete(
            result.getTriggerFiredBundle().getTrigger(),
            result.getTriggerFiredBundle().getJobDetail(),
            CompletedExecutionInstruction.NOOP);
        fired++;
      }
      due = store.acquireNextTriggers(now.toEpochMilli(), AT_ONCE, 0);
    }
    return fired;
  }

  /** Never made. */
  public static final class NoJob implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      // Nothing is executed here.
    }
  }

  private static final class Silence implements SchedulerSignaler {
    @Override
    public void notifyTriggerListenersMisfired(Trigger trigger) {
      throw new IllegalStateException("misfired: " + trigger);
    }

    @Override
    public void notifySchedulerListenersFinalized(Trigger trigger) {
      throw new IllegalStateException("ended: " + trigger);
    }

    @Override
    public void notifySchedulerListenersJobDeleted(JobKey job) {
      throw new IllegalStateException("deleted: " + job);
    }

    @Override
    public void signalSchedulingChange(long candidateNewNextFireTime) {
      // There is no thread to wake.
    }

    @Override
    public void notifySchedulerListenersError(String what, SchedulerException e) {
      throw new IllegalStateException(what, e);
    }
  }
}
