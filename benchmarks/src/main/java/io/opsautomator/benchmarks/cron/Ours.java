package io.opsautomator.benchmarks.cron;

import io.opsautomator.schedule.CronExpression;
import io.opsautomator.schedule.DstRule;
import io.opsautomator.schedule.Schedule;
import java.time.ZoneId;

final class Ours implements CronLibrary {
  @Override
  public String written(String expression) {
    return expression;
  }

  @Override
  public Object parse(String expression) {
    return CronExpression.parse(expression);
  }

  @Override
  public Firings firings(String expression, ZoneId zone, long[] minutes) {
    return new Asked(
        new Schedule.Cron(CronExpression.parse(expression), zone, DstRule.DEFAULT), minutes);
  }

  private record Asked(Schedule.Cron cron, long[] minutes) implements Firings {
    @Override
    public long next(int i) {
      return cron.nextSecond(minutes[i]);
    }

    @Override
    public boolean matches(int i) {
      return cron.nextSecond(minutes[i] - 1) == minutes[i];
    }
  }
}
