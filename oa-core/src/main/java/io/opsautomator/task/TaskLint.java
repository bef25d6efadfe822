package io.opsautomator.task;

import io.opsautomator.action.ParameterSchema.Violation;
import io.opsautomator.resource.TagFilter;
import io.opsautomator.schedule.Schedule;
import java.time.Instant;
import java.util.List;

/** What is allowed in any task, and yet often not meant. */
final class TaskLint {
  private static final String CODE = "WARN_TASK";
  private static final int FIRINGS = 3;

  private TaskLint() {}

  static void check(Task task, Instant now, List<Violation> warnings) {
    for (Schedule schedule : task.when().schedules()) {
      schedule(schedule, now, warnings);
    }
    task.target().tags().ifPresent(filter -> filter("tagFilter", filter, warnings));
    Task.Events events = task.when().events();
    events.sourceTags().ifPresent(f -> filter("sourceEventTagFilter", f, warnings));
    if (events.sourceTags().isPresent() && events.types().isEmpty()) {
      warn(warnings, "sourceEventTagFilter", "has no effect: the task has no events");
    }
    if (task.when().schedules().isEmpty() && events.types().isEmpty()) {
      warn(warnings, "interval", "is missing, and so are events: the task runs only when started");
    }
    if (task.target().accounts().isEmpty() && task.target().externalId().isPresent()) {
      warn(warnings, "externalId", "has no effect: the task has no other accounts");
    }
  }

  /** A schedule with a warning is understood at a glance by when it will fire. */
  private static void schedule(Schedule schedule, Instant now, List<Violation> warnings) {
    for (String warning : schedule.warnings()) {
      warn(warnings, "interval", warning + "; " + schedule.describeNext(now, FIRINGS));
    }
    if (schedule.warnings().isEmpty() && schedule.nextAfter(now).isEmpty()) {
      warn(warnings, "interval", "will not fire any more");
    }
  }

  private static void filter(String field, TagFilter filter, List<Violation> warnings) {
    filter.warnings().forEach(warning -> warn(warnings, field, warning));
  }

  private static void warn(List<Violation> warnings, String field, String text) {
    warnings.add(new Violation(CODE, field, text));
  }
}
