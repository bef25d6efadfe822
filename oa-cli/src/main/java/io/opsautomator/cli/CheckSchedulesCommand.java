package io.opsautomator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsautomator.InvalidExpressionException;
import io.opsautomator.schedule.Schedule;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "schedules",
    description = {
      "Says when schedules fire, at most eight times.",
      "In:  {\"expr\": \"0 9 * * mon\", \"zone\": \"UTC\", \"after\": \"2026-01-01T00:00:00Z\"}",
      "Out: {\"expr\": \"0 9 * * mon\", \"next\": [\"2026-01-05T09:00:00Z\", ...]}",
      "\"horizonDays\" ends the search. What is not a schedule is answered with \"error\"."
    },
    mixinStandardHelpOptions = true)
final class CheckSchedulesCommand implements Callable<Integer> {
  private static final int FIRINGS = 8;
  private final Surroundings world;

  CheckSchedulesCommand(Surroundings world) {
    this.world = world;
  }

  @Override
  public Integer call() throws IOException {
    return new JsonLines(world).answer(this::answer);
  }

  private Map<String, Object> answer(JsonNode question) {
    String expression = JsonLines.text(question, "expr");
    String zone = question.has("zone") ? JsonLines.text(question, "zone") : "UTC";
    Instant after = after(question);
    Instant end = end(question, after);
    try {
      List<String> next =
          Schedule.cron(expression, zone)
              .firings(after, end)
              .limit(FIRINGS)
              .map(Instant::toString)
              .toList();
      return Json.object("expr", expression, "next", next);
    } catch (InvalidExpressionException e) {
      return Json.object("expr", expression, "error", e.problem());
    }
  }

  private Instant after(JsonNode question) {
    if (!question.has("after")) {
      return world.clock().instant();
    }
    String after = JsonLines.text(question, "after");
    try {
      return Instant.parse(after);
    } catch (DateTimeException e) {
      throw new Failure(
          Failure.BAD_INPUT,
          "\"after\" is '" + after + "', not an instant such as 2026-01-01T00:00:00Z",
          e);
    }
  }

  private static Instant end(JsonNode question, Instant after) {
    JsonNode days = question.path("horizonDays");
    return days.isNumber() ? after.plus(Duration.ofDays(days.asLong())) : Instant.MAX;
  }
}
