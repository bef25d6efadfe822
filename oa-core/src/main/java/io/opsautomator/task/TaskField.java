package io.opsautomator.task;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The fields of a task in a file: our spelling, and the original's where it differs. */
enum TaskField {
  NAME("name"),
  ACTION("action"),
  DESCRIPTION("description"),
  ENABLED("enabled"),
  INTERVAL("interval"),
  TIMEZONE("timezone"),
  REGIONS("regions"),
  ACCOUNTS("accounts"),
  THIS_ACCOUNT("thisAccount"),
  CROSS_ACCOUNT_ROLE("crossAccountRole"),
  EXTERNAL_ID("externalId"),
  TAG_FILTER("tagFilter"),
  EVENTS("events"),
  EVENT_SCOPES("eventScopes"),
  SOURCE_EVENT_TAG_FILTER("sourceEventTagFilter", "eventSourceTagFilter"),
  PARAMETERS("parameters"),
  DRYRUN("dryrun"),
  DEBUG("debug"),
  TIMEOUT("timeout", "taskTimeout"),
  TASK_NOTIFICATIONS("taskNotifications"),
  TASK_METRICS("taskMetrics"),
  CONCURRENCY("concurrency"),
  BATCH_SIZE("batchSize"),
  MISFIRE("misfire"),
  OVERLAP("overlap"),
  DST("dst"),
  SELECT_SIZE("selectSize"),
  EXECUTE_SIZE("executeSize"),
  COMPLETION_SIZE("completionSize"),
  SELECT_ECS_MEMORY("selectEcsMemoryValue", "selectEcsMemoryValueValue"),
  EXECUTE_ECS_MEMORY("executeEcsMemoryValue"),
  COMPLETION_ECS_MEMORY("completionEcsMemoryValue"),
  INTERNAL("internal"),
  STACK_ID("stackId");

  private static final Map<String, TaskField> BY_SPELLING = bySpelling();
  static final List<String> NAMES =
      Arrays.stream(values()).filter(f -> !f.ignored()).map(TaskField::key).toList();

  private final List<String> spellings;

  TaskField(String... spellings) {
    this.spellings = List.of(spellings);
  }

  String key() {
    return spellings.get(0);
  }

  /** Describes a runtime of the original's, not the task. */
  boolean ignored() {
    return ordinal() >= SELECT_SIZE.ordinal();
  }

  static Optional<TaskField> of(String spelling) {
    return Optional.ofNullable(BY_SPELLING.get(spelling));
  }

  private static Map<String, TaskField> bySpelling() {
    Map<String, TaskField> all = new HashMap<>();
    for (TaskField field : values()) {
      for (String spelling : field.spellings) {
        all.put(spelling, field);
        all.put(spelling.substring(0, 1).toUpperCase(Locale.ROOT) + spelling.substring(1), field);
      }
    }
    return all;
  }
}
