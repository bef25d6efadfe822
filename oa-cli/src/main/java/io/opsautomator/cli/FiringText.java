package io.opsautomator.cli;

import io.opsautomator.plan.FiringVerdict;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.store.Store;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whether tasks fire at an instant, for people and for programs. */
final class FiringText {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm", Locale.ROOT);

  private final Surroundings world;
  private final String asked;
  private final Store store;

  FiringText(Surroundings world, String asked, Store store) {
    this.world = world;
    this.asked = asked;
    this.store = store;
  }

  private FiringVerdict verdict(Task task) {
    Instant now = world.clock().instant();
    try {
      if (asked.endsWith("Z") || asked.matches(".*[+-]\\d\\d:\\d\\d")) {
        Instant at = DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(asked, Instant::from);
        return FiringVerdict.of(task, at, now, store);
      }
      LocalDateTime clock = LocalDateTime.parse(asked.replace(' ', 'T'));
      return FiringVerdict.of(task, clock, zone(task), now, store);
    } catch (DateTimeException e) {
      throw new Failure(
          Failure.BAD_INPUT,
          "--at is '"
              + asked
              + "', and not such as 2026-03-29T01:30:00Z, or 2026-03-29T02:30 on the task's clock",
          e);
    }
  }

  private static ZoneId zone(Task task) {
    return task.when().schedules().stream().map(Schedule::zone).findFirst().orElse(ZoneOffset.UTC);
  }

  void print(List<Task> tasks) {
    Style style = world.style();
    for (Task task : tasks) {
      FiringVerdict verdict = verdict(task);
      String clock = CLOCK.format(verdict.at().atZone(zone(task)));
      String outcome = words(verdict.outcome());
      world
          .out()
          .println(
              style.bold(task.name().value())
                  + " at "
                  + verdict.at()
                  + style.dim(" (" + clock + " " + zone(task) + ")")
                  + ": "
                  + outcome);
      verdict.reasons().forEach(reason -> world.out().println("  " + Told.line(reason)));
    }
  }

  private static String words(FiringVerdict.Outcome outcome) {
    return switch (outcome) {
      case NOT_DUE -> "not due";
      case KEPT_FROM -> "due, and kept from it";
      case WILL_RUN -> "will run";
      case RAN -> "ran";
      case HELD_BACK -> "due, and no run was made of it";
      case NO_RECORD -> "due, and there is no record of it";
    };
  }

  void json(List<Task> tasks) {
    world.out().println(Json.pretty(tasks.stream().map(this::asJson).toList()));
  }

  private Map<String, Object> asJson(Task task) {
    FiringVerdict verdict = verdict(task);
    return Json.object(
        "task", task.name().value(),
        "at", verdict.at().toString(),
        "outcome", Style.word(verdict.outcome()),
        "reasons", verdict.reasons(),
        "run", verdict.run().map(RunId::value));
  }
}
