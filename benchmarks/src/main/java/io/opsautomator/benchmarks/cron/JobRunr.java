package io.opsautomator.benchmarks.cron;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import org.jobrunr.scheduling.cron.CronExpression;

/** It knows no question mark. */
final class JobRunr implements CronLibrary {
  @Override
  public String written(String expression) {
    return "0 " + expression.replace('?', '*');
  }

  @Override
  public Object parse(String expression) {
    return new CronExpression(expression);
  }

  @Override
  public Firings firings(String expression, ZoneId zone, long[] minutes) {
    return new Asked(
        new CronExpression(expression),
        zone,
        instants(minutes),
        instants(CronLibrary.secondsBefore(minutes)));
  }

  private static Instant[] instants(long[] seconds) {
    return Arrays.stream(seconds).mapToObj(Instant::ofEpochSecond).toArray(Instant[]::new);
  }

  private record Asked(CronExpression cron, ZoneId zone, Instant[] minutes, Instant[] before)
      implements Firings {
    @Override
    public long next(int i) {
      return cron.next(minutes[i], minutes[i], zone).getEpochSecond();
    }

    @Override
    public boolean matches(int i) {
      return cron.next(before[i], before[i], zone).equals(minutes[i]);
    }
  }
}
