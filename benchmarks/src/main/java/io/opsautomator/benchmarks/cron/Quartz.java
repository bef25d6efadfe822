package io.opsautomator.benchmarks.cron;

import java.text.ParseException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Date;
import java.util.TimeZone;
import org.quartz.CronExpression;

final class Quartz implements CronLibrary {
  @Override
  public Object parse(String expression) {
    try {
      return new CronExpression(expression);
    } catch (ParseException e) {
      throw new IllegalArgumentException(expression, e);
    }
  }

  @Override
  public Firings firings(String expression, ZoneId zone, long[] minutes) {
    CronExpression cron = (CronExpression) parse(expression);
    cron.setTimeZone(TimeZone.getTimeZone(zone));
    return new Asked(
        cron,
        Arrays.stream(minutes).mapToObj(second -> new Date(second * 1000)).toArray(Date[]::new));
  }

  private record Asked(CronExpression cron, Date[] minutes) implements Firings {
    @Override
    public long next(int i) {
      return cron.getNextValidTimeAfter(minutes[i]).getTime() / 1000;
    }

    @Override
    public boolean matches(int i) {
      return cron.isSatisfiedBy(minutes[i]);
    }
  }
}
