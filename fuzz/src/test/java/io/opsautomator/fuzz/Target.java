package io.opsautomator.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What is fed, one constant a reader. Each returns for any bytes whatever, within the declared
 * exceptions of what it calls; whatever it throws is a finding.
 */
enum Target {
  CRON(CronFuzz::check),
  TAG_FILTER(TagFilterFuzz::check),
  TAG_LIST(TagListFuzz::check),
  TEXT_TEMPLATE(TemplateFuzz::checkText),
  TAG_TEMPLATE(TemplateFuzz::checkTags),
  NAMES(NamesFuzz::check),
  ARN(ArnFuzz::check),
  TASK_YAML(bytes -> TaskFileFuzz.check("tasks.yaml", bytes), true),
  TASK_JSON(bytes -> TaskFileFuzz.check("tasks.json", bytes), true),
  SAFEGUARDS(TaskFileFuzz::checkSafeguards),
  STORED_TASK(StoredTaskFuzz::check),
  STORED_ITEM(StoredItemFuzz::check),
  STEP_VALUE(StepValueFuzz::check),
  AUDIT_LINE(AuditLineFuzz::check);

  private final Consumer<byte[]> check;

  Target(Consumer<byte[]> check, boolean ofBytes) {
    this.check = check;
  }

  Target(Consumer<String> check) {
    this(bytes -> check.accept(new String(bytes, StandardCharsets.UTF_8)), false);
  }

  /** Fails if the input is a finding. */
  void feed(byte[] input) {
    check.accept(input);
  }

  /** Such as {@code tag-filter}; names its corpus and dictionary. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Target labelled(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
