package io.opsautomator.task;

import io.opsautomator.InvalidExpressionException;
import io.opsautomator.action.ParameterSchema.Violation;
import io.opsautomator.internal.Booleans;
import io.opsautomator.internal.Durations;
import io.opsautomator.internal.Nearest;
import io.opsautomator.resource.AttributeFilter;
import io.opsautomator.resource.TagFilter;
import io.opsautomator.task.TaskFile.Located;
import io.opsautomator.task.TaskFile.Position;
import io.opsautomator.task.internal.SourceNode;
import io.opsautomator.task.internal.SourceNode.Entry;
import io.opsautomator.task.internal.SourceNode.Fields;
import io.opsautomator.task.internal.SourceNode.Items;
import io.opsautomator.task.internal.SourceNode.Scalar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One task of a file. Turns nodes into calls of the builder, which knows the rules; what this class
 * finds itself is about form (lists, words, numbers), or needs a place inside an expression.
 */
final class TaskReader {
  private final String path;
  private final Fields node;
  private final Problems problems;
  private final TimingReader.Folder folder;
  private final Map<TaskField, Entry> given = new EnumMap<>(TaskField.class);
  private final Map<String, Position> positions = new HashMap<>();
  private boolean wrong;

  TaskReader(String path, Fields node, Problems problems, TimingReader.Folder folder) {
    this.path = path;
    this.node = node;
    this.problems = problems;
    this.folder = folder;
  }

  TimingReader.Folder folder() {
    return folder;
  }

  /** Empty if something was wrong. */
  Optional<Located> read() {
    node.entries().forEach(this::sort);
    TaskBuilder builder = new TaskBuilder(text(TaskField.NAME).orElse(""));
    if (value(TaskField.NAME).isEmpty()) {
      wrong("ERR_MISSING_REQUIRED_PARAMETER", node, "name", "is required and missing");
      builder = new TaskBuilder("unnamed");
    }
    what(builder);
    where(builder);
    new WhenReader(this).read(builder);
    limits(builder);
    new GuardsReader(this).read(builder);
    new FlowReader(this).read(builder);
    switches(builder);
    return build(builder);
  }

  /** Finds the field that a spelling means. */
  private void sort(Entry entry) {
    String key = entry.key().text();
    Optional<TaskField> known = TaskField.of(key);
    if (known.isEmpty()) {
      wrong(
          "ERR_UNKNOWN_PARAMETER",
          entry.key(),
          key,
          "is no field of a task" + remedy(key, TaskField.NAMES));
      return;
    }
    TaskField field = known.get();
    if (field.ignored()) {
      problems.warn(
          entry.key().place(),
          path + "." + key,
          "has no effect: it belongs to how the original was deployed");
    } else if (!empty(entry.value())) {
      Entry other = given.put(field, entry);
      position(field.key(), entry.value());
      if (other != null && !other.key().text().equals(key)) {
        wrong(
            "ERR_FILE", entry.key(), key, "is the same as '" + other.key().text() + "'; keep one");
      }
    }
  }

  private static String remedy(String word, List<String> known) {
    String hint = Nearest.hint(word, known);
    return hint.isEmpty() ? "; known: " + String.join(", ", known) : hint;
  }

  /** As the original has it: what is empty is not there. */
  static boolean empty(SourceNode node) {
    if (node instanceof Scalar s) {
      return s.value() == null || s.text().isBlank();
    }
    return node instanceof Items i ? i.items().isEmpty() : ((Fields) node).entries().isEmpty();
  }

  Optional<SourceNode> value(TaskField field) {
    return Optional.ofNullable(given.get(field)).map(Entry::value);
  }

  private void what(TaskBuilder builder) {
    text(TaskField.ACTION).ifPresent(builder::action);
    text(TaskField.DESCRIPTION).ifPresent(builder::description);
    value(TaskField.PARAMETERS).ifPresent(parameters -> parameters(parameters, builder));
  }

  private void parameters(SourceNode value, TaskBuilder builder) {
    if (!(value instanceof Fields fields)) {
      wrong("ERR_FILE", value, "parameters", "is a " + value.kind() + "; a map is wanted");
      return;
    }
    List<String> names = new ArrayList<>();
    for (Entry entry : fields.entries()) {
      String name = entry.key().text();
      Object raw = entry.value().value();
      if (raw != null && !names.contains(name)) {
        names.add(name);
        builder.with(name, raw);
        positionsBelow("parameters." + name, entry.value());
      }
    }
  }

  private void positionsBelow(String field, SourceNode value) {
    position(field, value);
    if (value instanceof Items items) {
      for (int i = 0; i < items.items().size(); i++) {
        position(field + "[" + i + "]", items.items().get(i));
      }
    }
  }

  private void where(TaskBuilder builder) {
    each(TaskField.ACCOUNTS, scalar -> builder.accounts(scalar.text().trim()));
    List<String> regions = new ArrayList<>();
    each(TaskField.REGIONS, scalar -> regions.add(scalar.text().trim()));
    if (!regions.isEmpty()) {
      builder.regions(regions.toArray(String[]::new));
    }
    text(TaskField.CROSS_ACCOUNT_ROLE).ifPresent(builder::role);
    text(TaskField.EXTERNAL_ID).ifPresent(builder::externalId);
    filter(TaskField.TAG_FILTER, builder::where);
    text(TaskField.ATTRIBUTES).ifPresent(text -> attributes(text, builder));
  }

  /** The original takes the text None, which Python writes for nothing, as nothing. */
  void filter(TaskField field, Consumer<String> use) {
    Optional<String> text = text(field);
    SourceNode value = value(field).orElse(node);
    if (text.filter("None"::equals).isPresent()) {
      problems.warn(value.place(), path + "." + field.key(), "is 'None', which means no filter");
      return;
    }
    text.ifPresent(
        expression ->
            expression(
                "ERR_INVALID_TAG_FILTER",
                field.key(),
                value,
                () -> {
                  TagFilter.ofTask(expression);
                  use.accept(expression);
                }));
  }

  private void attributes(String text, TaskBuilder builder) {
    expression(
        "ERR_INVALID_ATTRIBUTES",
        TaskField.ATTRIBUTES.key(),
        value(TaskField.ATTRIBUTES).orElse(node),
        () -> {
          AttributeFilter.parse(text);
          builder.whereAttributes(text);
        });
  }

  /** Runs what may throw an {@link InvalidExpressionException}. */
  void expression(String code, String field, SourceNode value, Runnable use) {
    try {
      use.run();
    } catch (InvalidExpressionException e) {
      wrong = true;
      problems.wrong(code, value, path + "." + field, e);
    }
  }

  private void limits(TaskBuilder builder) {
    concurrency(builder);
    number(TaskField.CONCURRENCY_PER_REGION).ifPresent(builder::maxConcurrentPerRegion);
    number(TaskField.BATCH_SIZE).ifPresent(builder::batchSize);
    value(TaskField.TIMEOUT)
        .flatMap(value -> duration("ERR_INVALID_NUMERIC_TIMEOUT", "timeout", value))
        .ifPresent(timeout -> timeout(timeout, builder));
    new RetryReader(this).read(builder);
  }

  /** As the file has it, which the builder would not know. */
  private void timeout(Duration timeout, TaskBuilder builder) {
    SourceNode value = value(TaskField.TIMEOUT).orElse(node);
    if (timeout.compareTo(TaskBuilder.LEAST_TIMEOUT) < 0) {
      wrong(TaskBuilder.TIMEOUT, value, "timeout", shown(value) + TaskBuilder.TOO_SHORT);
    } else {
      builder.timeout(timeout);
    }
  }

  private void concurrency(TaskBuilder builder) {
    boolean share =
        value(TaskField.CONCURRENCY)
            .filter(v -> v instanceof Scalar s && s.text().contains("%"))
            .isPresent();
    if (share) {
      text(TaskField.CONCURRENCY).ifPresent(builder::maxConcurrent);
    } else {
      number(TaskField.CONCURRENCY).ifPresent(builder::maxConcurrent);
    }
  }

  /** Minutes, or with a unit, or ISO 8601. */
  Optional<Duration> duration(String code, String field, SourceNode value) {
    try {
      return Optional.of(Durations.read(value instanceof Scalar s ? s.text() : ""));
    } catch (IllegalArgumentException e) {
      wrong(code, value, field, shown(value) + " " + e.getMessage());
      return Optional.empty();
    }
  }

  Optional<Integer> number(TaskField field) {
    return value(field).flatMap(value -> number(field.key(), value));
  }

  Optional<Integer> number(String field, SourceNode value) {
    if (value instanceof Scalar s && s.text().trim().matches("-?[0-9]{1,9}")) {
      return Optional.of(Integer.valueOf(s.text().trim()));
    }
    wrong("ERR_WRONG_PARAM_TYPE", value, field, shown(value) + " is not a whole number");
    return Optional.empty();
  }

  private void switches(TaskBuilder builder) {
    onlyIf(TaskField.ENABLED, false, builder::disabled);
    onlyIf(TaskField.THIS_ACCOUNT, false, builder::onlyOtherAccounts);
    onlyIf(TaskField.DRYRUN, true, builder::dryrun);
    onlyIf(TaskField.DEBUG, true, builder::debug);
    onlyIf(TaskField.TASK_NOTIFICATIONS, true, builder::notifications);
    value(TaskField.EXPECT_SUCCESS_WITHIN)
        .flatMap(value -> duration("ERR_INVALID_EXPECTATION", "expectSuccessWithin", value))
        .ifPresent(builder::expectSuccessWithin);
    onlyIf(TaskField.TASK_METRICS, true, builder::metrics);
  }

  private void onlyIf(TaskField field, boolean wanted, Runnable use) {
    value(field)
        .flatMap(value -> bool(field.key(), value))
        .filter(given -> given == wanted)
        .ifPresent(given -> use.run());
  }

  Optional<Boolean> bool(String field, SourceNode value) {
    Optional<Boolean> read = value instanceof Scalar s ? Booleans.read(s.text()) : Optional.empty();
    if (read.isEmpty()) {
      wrong(
          "ERR_INVALID_BOOL",
          value,
          field,
          shown(value) + " is neither yes nor no; write " + Booleans.allowed());
    }
    return read;
  }

  /** The text of a field that holds one value. */
  Optional<String> text(TaskField field) {
    return value(field).flatMap(value -> text(field.key(), value));
  }

  Optional<String> text(String field, SourceNode value) {
    if (value instanceof Scalar s) {
      return Optional.of(s.text().trim());
    }
    wrong("ERR_WRONG_PARAM_TYPE", value, field, "is a " + value.kind() + "; a text is wanted");
    return Optional.empty();
  }

  /** A list's values, or a single one, or one text with commas. */
  void each(TaskField field, Consumer<Scalar> use) {
    value(field).ifPresent(value -> each(field.key(), value, use));
  }

  void each(String field, SourceNode value, Consumer<Scalar> use) {
    if (value instanceof Scalar s) {
      for (String part : s.text().split(",")) {
        if (!part.isBlank()) {
          use.accept(new Scalar(s.place(), part.trim(), part.trim(), 0));
        }
      }
    } else if (value instanceof Items items) {
      positionsBelow(field, items);
      for (int i = 0; i < items.items().size(); i++) {
        SourceNode item = items.items().get(i);
        if (!empty(item)) {
          text(field + "[" + i + "]", item).ifPresent(text -> use.accept((Scalar) item));
        }
      }
    } else {
      wrong("ERR_WRONG_PARAM_TYPE", value, field, "is a map; a list is wanted");
    }
  }

  static String shown(SourceNode value) {
    if (!(value instanceof Scalar s)) {
      return "a " + value.kind();
    }
    return "'" + (s.text().length() > 100 ? s.text().substring(0, 100) + "…" : s.text()) + "'";
  }

  void position(String field, SourceNode value) {
    positions.put(field, new Position(value.place().line(), value.place().column()));
  }

  void warn(SourceNode at, String field, String message) {
    problems.warn(at.place(), path + "." + field, message);
  }

  void wrong(String code, SourceNode at, String field, String message) {
    wrong = true;
    problems.wrong(code, at.place(), path + "." + field, message);
  }

  private Optional<Located> build(TaskBuilder builder) {
    Position at = new Position(node.place().line(), node.place().column());
    FieldPositions found = new FieldPositions(at, positions);
    try {
      Task task = builder.build();
      return wrong ? Optional.empty() : Optional.of(new Located(task, path, found));
    } catch (InvalidTaskException e) {
      e.violations().forEach(violation -> add(violation, found));
      return Optional.empty();
    }
  }

  private void add(Violation violation, FieldPositions found) {
    boolean toldBefore = given.containsKey(TaskField.ACTION) && violation.field().equals("action");
    if (toldBefore) {
      return; // it is there, and of the wrong kind
    }
    Position at = found.of(violation.field());
    problems.wrong(
        violation.code(),
        new SourceNode.Place(at.line(), at.column()),
        path + "." + violation.field(),
        violation.problem());
  }
}
