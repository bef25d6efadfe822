package io.opsautomator.templategen;

import io.opsautomator.templategen.cloudformation.Fields;
import io.opsautomator.templategen.cloudformation.Value;
import java.util.List;

/** The fields of a task in a file, in JSON Schema's words. */
final class TaskFileFields {
  private static final String INTERVAL =
      "When: minute, hour, day of the month, month, day of the week.";

  private Fields all = Value.fields();

  private TaskFileFields() {}

  static Fields all() {
    TaskFileFields fields = new TaskFileFields();
    fields.what();
    fields.when();
    fields.where();
    fields.limits();
    fields.guards();
    fields.told();
    return fields.all;
  }

  private void what() {
    add(
        "name",
        "The task's name, unique in a deployment.",
        text().with("pattern", "^[A-Za-z0-9][A-Za-z0-9 ._-]{0,127}$"));
    add("action", "What is done.", text());
    add("parameters", "What the action wants to know.", object());
    add("description", "What the task is for.", text());
    add("enabled", "Off: it is not fired.", FieldSchema.yesNo());
    add("dryrun", "Every run is a plan.", FieldSchema.yesNo());
    add("debug", "Logs more.", FieldSchema.yesNo());
  }

  private void when() {
    add("interval", INTERVAL, textOrTexts());
    add("timezone", "Whose clock, such as Europe/Berlin.", text());
    add("dst", "What a time means on the two odd days of the year.", object());
    add("misfire", "What becomes of what was due long ago.", words("skip", "last", "all"));
    add("overlap", "When it is due while a run is open.", words("skip", "queue", "allow"));
    add("from", "The first day, or instant, of its firings.", text());
    add("until", "The last day, or the end, of its firings.", text());
    add("jitter", "A run begins up to that much later.", FieldSchema.duration());
    add("blackout", "Calendars in whose events it does not fire.", textOrTexts());
    add("allow", "Calendars outside of whose events it does not fire.", textOrTexts());
    add("events", "Events that start it: source, detail type, names.", object());
    add("eventScopes", "Events that stand for a region: the same, and region.", object());
    add("sourceEventTagFilter", "Tags of what the event is about.", text());
    add("after", "Runs when another task's run has ended.", Value.fields());
  }

  private void where() {
    add("regions", "Regions, or * for all.", textOrTexts());
    add("accounts", "Other accounts.", textOrTexts());
    add("thisAccount", "Also in one's own account.", FieldSchema.yesNo());
    add(
        "crossAccountRole",
        "The role to assume there.",
        text().with("pattern", "^[A-Za-z0-9_+=,.@-]{1,64}$"));
    add(
        "externalId",
        "What the role asks for.",
        text().with("pattern", "^[A-Za-z0-9_+=,.@:/-]{2,1224}$"));
    add("tagFilter", "Which resources, by their tags.", text());
    add("attributes", "Which resources, by a JMESPath expression.", text());
    add("recheck", "Look again just before acting.", FieldSchema.yesNo());
  }

  private void limits() {
    add("concurrency", "Executions at once, or a share such as 10%.", amount());
    add("concurrencyPerRegion", "Executions at once in a region.", count());
    add("batchSize", "Resources in one execution.", count());
    add("timeout", "Minutes, or such as 90m or 24h.", FieldSchema.duration());
    add("retry", "What is tried again, by class of error.", object());
  }

  private void guards() {
    add("maxResources", "With more selected, nothing is started.", amount());
    add("maxErrors", "After so many failures nothing more is started.", amount());
    add("maxPerAccount", "With more in an account, nothing is started.", count());
    add("maxPerRegion", "With more in a region, nothing is started.", count());
    add("maxShrink", "With so much fewer than last time, nothing is started.", amount());
    add("canary", "So many first.", amount());
    add("waves", "So many at a time.", amount());
    add("pause", "Between waves.", FieldSchema.duration());
    add("approve", "Somebody lets each next wave go.", FieldSchema.yesNo());
  }

  private void told() {
    add("taskNotifications", "Tells of begins and ends.", FieldSchema.yesNo());
    add("expectSuccessWithin", "Tells if it did not succeed for so long.", FieldSchema.duration());
    add("taskMetrics", "Counts what it does.", FieldSchema.yesNo());
  }

  private void add(String name, String description, Fields form) {
    Fields described = Value.fields().with("description", description);
    for (var entry : form.entries().entrySet()) {
      described = described.with(entry.getKey(), entry.getValue());
    }
    all = all.with(name, described);
  }

  private static Fields text() {
    return Value.fields().with("type", "string");
  }

  private static Fields textOrTexts() {
    return Value.fields().with("type", List.of("string", "array")).with("items", text());
  }

  private static Fields object() {
    return Value.fields().with("type", "object");
  }

  private static Fields count() {
    return Value.fields().with("type", "integer").with("minimum", 1);
  }

  private static Fields amount() {
    return Value.fields()
        .with("type", List.of("integer", "string"))
        .with("minimum", 1)
        .with("pattern", "^[0-9]{1,9}%?$");
  }

  /** One of these, or a map that says more. */
  private static Fields words(String... words) {
    return Value.fields()
        .with("anyOf", List.of(Value.fields().with("enum", List.of(words)), object()));
  }
}
