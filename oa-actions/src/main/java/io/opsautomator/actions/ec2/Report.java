package io.opsautomator.actions.ec2;

import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Invocation;
import io.opsautomator.action.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;

/** Ops Automator's result keys that all actions have in common. */
final class Report {
  private Report() {}

  /** An outcome that says where it came about. */
  static Outcome of(Map<String, Evidence> evidence, Invocation where, String task) {
    return Outcome.of(evidence)
        .with("account", where.scope().account().value())
        .with("region", where.scope().region().value())
        .with("task", task);
  }

  /** The value of the key {@code metrics}; its {@code Action} is a class name of old. */
  static Map<String, Object> metrics(ActionMetadata<?> metadata, Map<String, ?> data) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("Type", "action");
    metrics.put("Action", metadata.name() + "Action");
    metrics.put("Version", metadata.identity().version());
    metrics.put("ActionId", metadata.identity().id());
    metrics.put("Data", data);
    return metrics;
  }
}
