package io.opsautomator.benchmarks.cron;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;

/** It reads an expression only when it is first asked, so reading includes one answer. */
final class DbScheduler implements CronLibrary {
  private static final ExecutionComplete NEW_YEAR =
      ExecutionComplete.simulatedSuccess(Instant.parse("2026-01-01T00:00:00Z"));

  @Override
  public Object parse(String expression) {
    return new CronSchedule(expression, Workload.ZONE).getNextExecutionTime(NEW_YEAR);
  }

  @Override
  public Firings firings(String expression, ZoneId zone, long[] minutes) {
    return new Asked(
        new CronSchedule(expression, zone),
        minutes,
        completions(minutes),
        completions(CronLibrary.secondsBefore(minutes)));
  }

  private static ExecutionComplete[] completions(long[] seconds) {
    return Arrays.stream(seconds)
        .mapToObj(Instant::ofEpochSecond)
        .map(ExecutionComplete::simulatedSuccess)
        .toArray(ExecutionComplete[]::new);
  }

  private record Asked(
      CronSchedule cron, long[] minutes, ExecutionComplete[] at, ExecutionComplete[] before)
      implements Firings {
    @Override
    public long next(int i) {
      return cron.getNextExecutionTime(at[i]).getEpochSecond();
    }

    @Override
    public boolean matches(int i) {
      return cron.getNextExecutionTime(before[i]).getEpochSecond() == minutes[i];
    }
  }
}
