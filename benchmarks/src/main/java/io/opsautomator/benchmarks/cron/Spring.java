package io.opsautomator.benchmarks.cron;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import org.springframework.scheduling.support.CronExpression;

final class Spring implements CronLibrary {
  @Override
  public Object parse(String expression) {
    return CronExpression.parse(expression);
  }

  @Override
  public Firings firings(String expression, ZoneId zone, long[] minutes) {
    return new Asked(
        CronExpression.parse(expression),
        times(minutes, zone),
        times(CronLibrary.secondsBefore(minutes), zone));
  }

  static ZonedDateTime[] times(long[] seconds, ZoneId zone) {
    return Arrays.stream(seconds)
        .mapToObj(second -> Instant.ofEpochSecond(second).atZone(zone))
        .toArray(ZonedDateTime[]::new);
  }

  private record Asked(CronExpression cron, ZonedDateTime[] minutes, ZonedDateTime[] before)
      implements Firings {
    @Override
    public long next(int i) {
      return seconds(cron.next(minutes[i]));
    }

    @Override
    public boolean matches(int i) {
      return seconds(cron.next(before[i])) == minutes[i].toEpochSecond();
    }

    private static long seconds(ZonedDateTime time) {
      return time.toEpochSecond();
    }
  }
}
