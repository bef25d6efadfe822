package io.opsautomator.task;

import io.opsautomator.internal.Nearest;
import io.opsautomator.task.RetryPolicy.Rule;
import io.opsautomator.task.internal.SourceNode;
import io.opsautomator.task.internal.SourceNode.Entry;
import io.opsautomator.task.internal.SourceNode.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The field of a task that says what is asked again: a map of error classes. */
final class RetryReader {
  private static final List<String> CLASSES = List.of("throttled", "inDoubt", "refused");
  private static final List<String> RULE = List.of("attempts", "first", "longest", "jitter");

  private final TaskReader task;
  private final List<String> codes = new ArrayList<>();

  RetryReader(TaskReader task) {
    this.task = task;
  }

  void read(TaskBuilder builder) {
    task.value(TaskField.RETRY).ifPresent(value -> read(value, builder));
  }

  private void read(SourceNode value, TaskBuilder builder) {
    RetryPolicy policy = RetryPolicy.DEFAULT;
    for (Entry entry : map("retry", value)) {
      String field = "retry." + entry.key().text();
      switch (entry.key().text()) {
        case "throttled" -> policy = policy.throttled(rule(field, entry, policy.throttled()));
        case "inDoubt" -> policy = policy.inDoubt(rule(field, entry, policy.inDoubt()));
        case "refused" -> policy = refused(field, entry, policy);
        default -> unknown("retry", entry, CLASSES);
      }
    }
    builder.retry(policy);
  }

  private RetryPolicy refused(String field, Entry entry, RetryPolicy policy) {
    Rule rule = rule(field, entry, policy.refused());
    if (codes.isEmpty()) {
      task.wrong(
          "ERR_INVALID_RETRY",
          entry.value(),
          field,
          "names no codes, so nothing would be tried again; add codes, such as"
              + " codes: [InsufficientInstanceCapacity]");
    }
    try {
      return policy.refused(rule, codes.stream().distinct().toArray(String[]::new));
    } catch (IllegalArgumentException e) {
      task.wrong("ERR_INVALID_RETRY", entry.value(), field + ".codes", e.getMessage() + "");
      return policy;
    }
  }

  private Rule rule(String field, Entry entry, Rule fallback) {
    boolean withCodes = field.endsWith("refused");
    int attempts = fallback.attempts();
    Optional<Duration> first = Optional.empty();
    Optional<Duration> longest = Optional.empty();
    boolean jitter = fallback.jitter();
    for (Entry part : map(field, entry.value())) {
      SourceNode value = part.value();
      String key = part.key().text();
      String where = field + "." + key;
      switch (key) {
        case "attempts" -> attempts = task.number(where, value).orElse(attempts);
        case "first" -> first = pause(where, value);
        case "longest" -> longest = pause(where, value);
        case "jitter" -> jitter = task.bool(where, value).orElse(jitter);
        default -> other(field, part, withCodes);
      }
    }
    Duration least = first.orElse(fallback.first());
    Duration most =
        longest.orElse(least.compareTo(fallback.longest()) > 0 ? least : fallback.longest());
    try {
      return new Rule(attempts, first.orElse(shorter(least, most)), most, jitter);
    } catch (IllegalArgumentException e) {
      task.wrong("ERR_INVALID_RETRY", entry.value(), field, e.getMessage() + "");
      return fallback;
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private Optional<Duration> pause(String field, SourceNode value) {
    return task.duration("ERR_INVALID_RETRY", field, value);
  }

  private void other(String field, Entry part, boolean withCodes) {
    if (withCodes && part.key().text().equals("codes")) {
      task.each(field + ".codes", part.value(), code -> codes.add(code.text().trim()));
      return;
    }
    List<String> known = new ArrayList<>(RULE);
    if (withCodes) {
      known.add("codes");
    }
    unknown(field, part, known);
  }

  private List<Entry> map(String field, SourceNode value) {
    if (value instanceof Fields fields) {
      return fields.entries();
    }
    task.wrong("ERR_WRONG_PARAM_TYPE", value, field, "is a " + value.kind() + "; a map is wanted");
    return List.of();
  }

  private void unknown(String field, Entry entry, List<String> known) {
    String key = entry.key().text();
    task.wrong(
        "ERR_UNKNOWN_PARAMETER",
        entry.key(),
        field + "." + key,
        "is unknown; known: " + String.join(", ", known) + Nearest.hint(key, known));
  }
}
