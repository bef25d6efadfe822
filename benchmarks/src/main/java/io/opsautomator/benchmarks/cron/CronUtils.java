package io.opsautomator.benchmarks.cron;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** Its parser is made once: who reads many expressions keeps it. */
final class CronUtils implements CronLibrary {
  private final CronParser parser =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ));

  @Override
  public Object parse(String expression) {
    return ExecutionTime.forCron(parser.parse(expression));
  }

  @Override
  public Firings firings(String expression, ZoneId zone, long[] minutes) {
    return new Asked((ExecutionTime) parse(expression), Spring.times(minutes, zone));
  }

  private record Asked(ExecutionTime cron, ZonedDateTime[] minutes) implements Firings {
    @Override
    public long next(int i) {
      return cron.nextExecution(minutes[i]).orElseThrow().toEpochSecond();
    }

    @Override
    public boolean matches(int i) {
      return cron.isMatch(minutes[i]);
    }
  }
}
