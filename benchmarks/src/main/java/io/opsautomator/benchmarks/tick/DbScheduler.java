package io.opsautomator.benchmarks.tick;

import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.PlainScheduleAndData;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTaskWithPersistentSchedule;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import io.opsautomator.benchmarks.peers.H2;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** db-scheduler on H2 in memory, with its own scheduler driven by hand. */
final class DbScheduler implements Scheduler {
  private final RecurringTaskWithPersistentSchedule<PlainScheduleAndData> task =
      Tasks.recurringWithPersistentSchedule("daily", PlainScheduleAndData.class)
          .execute(this::count);
  private final SettableClock clock = new SettableClock();
  private final ManualScheduler scheduler =
      TestHelper.createManualScheduler(H2.inMemory(), task).clock(clock).build();
  private int fired;

  private void count(TaskInstance<PlainScheduleAndData> instance, ExecutionContext context) {
    fired++;
  }

  @Override
  public void register(String name, int minuteOfDay, ZoneId zone, Instant after) {
    clock.set(after);
    String text = "0 " + minuteOfDay % 60 + " " + minuteOfDay / 60 + " * * ?";
    SchedulableInstance<PlainScheduleAndData> instance =
        task.schedulableInstance(name, new PlainScheduleAndData(new CronSchedule(text, zone)));
    scheduler.scheduleBatch(List.of(instance));
  }

  @Override
  public int tick(Instant now) {
    fired = 0;
    clock.set(now);
    int before;
    do {
      before = fired;
      scheduler.runAnyDueExecutions();
    } while (fired > before);
    return fired;
  }
}
