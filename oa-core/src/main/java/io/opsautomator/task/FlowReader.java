package io.opsautomator.task;

import io.opsautomator.internal.Nearest;
import io.opsautomator.task.internal.SourceNode;
import io.opsautomator.task.internal.SourceNode.Entry;
import io.opsautomator.task.internal.SourceNode.Fields;
import io.opsautomator.task.internal.SourceNode.Items;
import io.opsautomator.task.internal.SourceNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The fields of a task that say how its runs hang together with others. */
final class FlowReader {
  private static final List<String> ENDS =
      List.of("succeeded", "partial", "failed", "cancelled", "ended");

  private final TaskReader task;

  FlowReader(TaskReader task) {
    this.task = task;
  }

  void read(TaskBuilder builder) {
    task.value(TaskField.AFTER).ifPresent(value -> after(value, builder));
    task.value(TaskField.RECHECK)
        .flatMap(value -> task.bool("recheck", value))
        .ifPresent(builder::recheck);
  }

  /** A name, {@code {task: NAME, when: ENDS}}, or a list of these. */
  private void after(SourceNode value, TaskBuilder builder) {
    if (value instanceof Items items) {
      items.items().forEach(item -> one(item, builder));
    } else {
      one(value, builder);
    }
  }

  private void one(SourceNode value, TaskBuilder builder) {
    if (value instanceof Scalar scalar) {
      builder.after(scalar.text().trim());
    } else if (value instanceof Fields fields) {
      named(fields, builder);
    } else {
      String wanted = "; a task's name, or a map with 'task' and 'when' is wanted";
      task.wrong("ERR_WRONG_PARAM_TYPE", value, "after", "is a " + value.kind() + wanted);
    }
  }

  private void named(Fields fields, TaskBuilder builder) {
    Optional<String> name = Optional.empty();
    List<After.End> ends = new ArrayList<>();
    for (Entry entry : fields.entries()) {
      String key = entry.key().text();
      if (key.equals("task")) {
        name = task.text("after.task", entry.value());
      } else if (key.equals("when")) {
        task.each("after.when", entry.value(), word -> ends.addAll(ends(word)));
      } else {
        task.wrong(
            "ERR_UNKNOWN_PARAMETER",
            entry.key(),
            "after." + key,
            "is unknown; known: task, when" + Nearest.hint(key, List.of("task", "when")));
      }
    }
    if (name.isEmpty()) {
      task.wrong("ERR_MISSING_REQUIRED_PARAMETER", fields, "after.task", "is missing");
    } else {
      builder.after(name.get(), ends.toArray(After.End[]::new));
    }
  }

  private List<After.End> ends(Scalar word) {
    String lower = word.text().toLowerCase(Locale.ROOT);
    if (lower.equals("ended")) {
      return List.of(After.End.values());
    }
    if (ENDS.contains(lower)) {
      return List.of(After.End.valueOf(lower.toUpperCase(Locale.ROOT)));
    }
    task.wrong(
        "ERR_NOT_ALLOWED_VALUE",
        word,
        "after.when",
        "'" + word.text() + "' is none of " + String.join(", ", ENDS) + Nearest.hint(lower, ENDS));
    return List.of();
  }
}
