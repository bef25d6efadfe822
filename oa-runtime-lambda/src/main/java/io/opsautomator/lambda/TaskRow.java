package io.opsautomator.lambda;

import io.opsautomator.event.EventType;
import io.opsautomator.resource.Scope;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.task.Regions;
import io.opsautomator.task.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A task in the fields of Ops Automator's configuration table, by which scripts know them. What is
 * not set is left out; a task that has several schedules has them in {@code Intervals}, too.
 */
final class TaskRow {
  private final Map<String, Object> fields = new LinkedHashMap<>();

  private TaskRow() {}

  /** A new map, which may be added to. */
  static Map<String, Object> of(Task task) {
    TaskRow row = new TaskRow();
    row.put("Name", task.name().value());
    row.put("Action", task.work().action());
    row.put("Description", task.options().description());
    row.put("Enabled", task.options().enabled());
    row.when(task.when());
    row.target(task.target());
    row.put("Parameters", task.work().parameters());
    task.limits().timeout().ifPresent(time -> row.put("TaskTimeout", time.toMinutes()));
    row.put("Dryrun", task.options().dryrun());
    row.put("Debug", task.options().debug());
    row.put("TaskNotifications", task.options().notifications());
    row.put("TaskMetrics", task.options().metrics());
    return row.fields;
  }

  private void when(Task.When when) {
    List<String> intervals = when.schedules().stream().map(TaskRow::words).toList();
    intervals.stream().findFirst().ifPresent(first -> put("Interval", first));
    if (intervals.size() > 1) {
      put("Intervals", intervals);
    }
    when.schedules().stream()
        .findFirst()
        .ifPresent(schedule -> put("Timezone", schedule.zone().getId()));
    put("Events", events(when.events()));
    when.events().sourceTags().ifPresent(tags -> put("SourceEventTagFilter", tags.toString()));
  }

  private static String words(Schedule schedule) {
    if (schedule instanceof Schedule.Cron cron) {
      return cron.expression().toString();
    }
    if (schedule instanceof Schedule.FixedRate rate) {
      return "every " + rate.period() + " from " + rate.anchor();
    }
    return schedule instanceof Schedule.Once once ? "at " + once.at() : schedule.toString();
  }

  private static Map<String, Map<String, List<String>>> events(Task.Events events) {
    Map<String, Map<String, List<String>>> bySource = new LinkedHashMap<>();
    for (EventType type : events.types()) {
      bySource
          .computeIfAbsent(type.source(), source -> new LinkedHashMap<>())
          .computeIfAbsent(type.detailType(), detail -> new ArrayList<>())
          .add(type.name());
    }
    return bySource;
  }

  private void target(Task.Target target) {
    if (target.regions() instanceof Regions.Every) {
      put("Regions", List.of("*"));
    } else if (target.regions() instanceof Regions.Named named) {
      put("Regions", named.regions().stream().map(Scope.Region::value).toList());
    }
    put("ThisAccount", target.thisAccount());
    put("Accounts", target.accounts().stream().map(Scope.AccountId::value).toList());
    put("CrossAccountRole", target.role().orElse(""));
    put("TagFilter", target.tags().map(Object::toString).orElse(""));
  }

  private void put(String name, Object value) {
    boolean empty = value.equals("") || value.equals(List.of()) || value.equals(Map.of());
    if (!empty) {
      fields.put(name, value);
    }
  }
}
