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
  ATTRIBUTES("attributes"),
  EVENTS("events"),
  EVENT_SCOPES("eventScopes"),
  SOURCE_EVENT_TAG_FILTER("sourceEventTagFilter", "eventSourceTagFilter"),
  PARAMETERS("parameters"),
  DRYRUN("dryrun"),
  DEBUG("debug"),
  TIMEOUT("timeout", "taskTimeout"),
  TASK_NOTIFICATIONS("taskNotifications", "notifications"),
  EXPECT_SUCCESS_WITHIN("expectSuccessWithin"),
  TASK_METRICS("taskMetrics"),
  CONCURRENCY("concurrency"),
  CONCURRENCY_PER_REGION("concurrencyPerRegion"),
  BATCH_SIZE("batchSize"),
  RETRY("retry"),
  MAX_RESOURCES("maxResources"),
  MAX_ERRORS("maxErrors"),
  MAX_PER_ACCOUNT("maxPerAccount"),
  MAX_PER_REGION("maxPerRegion"),
  MAX_SHRINK("maxShrink"),
  CANARY("canary"),
  WAVES("waves"),
  PAUSE("pause"),
  APPROVE("approve"),
  AFTER("after"),
  RECHECK("recheck"),
  MISFIRE("misfire"),
  OVERLAP("overlap"),
  DST("dst"),
  FROM("from"),
  UNTIL("until"),
  JITTER("jitter"),
  BLACKOUT("blackout"),
  ALLOW("allow"),
  SELECT_SIZE("selectSize", Use.NONE),
  EXECUTE_SIZE("executeSize", Use.NONE),
  COMPLETION_SIZE("completionSize", Use.NONE),
  SELECT_ECS_MEMORY("selectEcsMemoryValue", "selectEcsMemoryValueValue", Use.NONE),
  EXECUTE_ECS_MEMORY("executeEcsMemoryValue", Use.NONE),
  COMPLETION_ECS_MEMORY("completionEcsMemoryValue", Use.NONE),
  INTERNAL("internal", Use.NONE),
  STACK_ID("stackId", Use.NONE);

  private static final Map<String, TaskField> BY_SPELLING = bySpelling();
  static final List<String> NAMES =
      Arrays.stream(values()).filter(f -> !f.ignored()).map(TaskField::key).toList();

  /** Some fields describe a runtime of the original's, not the task. */
  private enum Use {
    FULL,
    NONE
  }

  private final String key;
  private final String alias;
  private final Use use;

  TaskField(String key) {
    this(key, key, Use.FULL);
  }

  TaskField(String key, String alias) {
    this(key, alias, Use.FULL);
  }

  TaskField(String key, Use use) {
    this(key, key, use);
  }

  TaskField(String key, String alias, Use use) {
    this.key = key;
    this.alias = alias;
    this.use = use;
  }

  String key() {
    return key;
  }

  /** May be there, and has no effect. */
  boolean ignored() {
    return use == Use.NONE;
  }

  static Optional<TaskField> of(String spelling) {
    return Optional.ofNullable(BY_SPELLING.get(spelling));
  }

  private static Map<String, TaskField> bySpelling() {
    Map<String, TaskField> all = new HashMap<>();
    for (TaskField field : values()) {
      for (String spelling : List.of(field.key, field.alias)) {
        all.put(spelling, field);
        all.put(spelling.substring(0, 1).toUpperCase(Locale.ROOT) + spelling.substring(1), field);
      }
    }
    return all;
  }
}
