package io.opsautomator.task;

import io.opsautomator.action.ParameterSchema.Violation;
import io.opsautomator.internal.Nearest;
import io.opsautomator.internal.OneLine;
import io.opsautomator.task.internal.SourceException;
import io.opsautomator.task.internal.SourceNode;
import io.opsautomator.task.internal.SourceNode.Entry;
import io.opsautomator.task.internal.SourceNode.Fields;
import io.opsautomator.task.internal.SourceNode.Items;
import io.opsautomator.task.internal.SourceNode.Place;
import io.opsautomator.task.internal.SourceNode.Scalar;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Task files, in YAML or JSON (by the extension {@code .json}): a map with the one field {@code
 * tasks}, a list of tasks.
 *
 * <p>A file is judged as a whole: every problem is told, with its line, column and field, the
 * value, what is allowed, and what to do. Nothing about a file's content is thrown. A file that is
 * too large, nested too deep, or unfolds without end is a problem like any other, found before it
 * costs time or memory.
 *
 * <p>Fields are named as in {@code tagFilter}; the original's spelling {@code TagFilter} is read,
 * too. What is empty counts as absent. Booleans may be words such as {@code yes} and {@code off}.
 */
public final class TaskFile {
  /** Bytes a file may have. */
  public static final int MAX_SIZE = 5_000_000;

  /** Tasks a file may have. */
  public static final int MAX_TASKS = 25_000;

  /** The two last lines of a message about an expression. */
  private static final Pattern CARET = Pattern.compile("\n([^\n]*)\n( *\\^)\\z");

  private TaskFile() {}

  /** Where something stands; both count from 1. */
  public record Position(int line, int column) {}

  /**
   * A task, where it stands, and where its fields stand.
   *
   * @param path such as {@code tasks[2]}
   */
  public record Located(Task task, String path, FieldPositions positions) {}

  /**
   * Something wrong, or worth a warning.
   *
   * @param code stable, such as {@code ERR_BAD_REGION}
   * @param field such as {@code tasks[2].interval}; empty if the file as such is meant
   * @param message may have several lines: an expression and a caret follow the first
   */
  public record Problem(
      String file, int line, int column, String code, String field, String message) {
    /** What is quoted of the file cannot look like lines of its own. */
    public Problem {
      field = OneLine.of(field);
      message = inLines(message);
    }

    private static String inLines(String message) {
      Matcher pointed = CARET.matcher(message);
      if (!pointed.find()) {
        return OneLine.of(message);
      }
      String problem = message.substring(0, pointed.start());
      return OneLine.of(problem) + "\n" + OneLine.of(pointed.group(1)) + "\n" + pointed.group(2);
    }

    /** {@code file:line:column: field: message}, as editors and compilers understand it. */
    @Override
    public String toString() {
      String where =
          file + ":" + line + ":" + column + ": " + (field.isEmpty() ? "" : field + ": ");
      return where + message;
    }
  }

  /**
   * What can be checked of a task that has other problems.
   *
   * @param attributes the expression, which may be one of the problems
   */
  public record Unread(String action, String path, Position at, Optional<Quoted> attributes) {}

  /** The text of a field, and where it is. */
  public record Quoted(String text, Position at) {}

  /**
   * What a file says.
   *
   * @param tasks those without problems, in the file's order
   * @param unread what tasks with problems name as their actions, so that these can be checked too
   * @param problems if there are any, the file should not be used at all
   */
  public record Parsed(
      String file,
      List<Located> tasks,
      List<Unread> unread,
      List<Problem> problems,
      List<Problem> warnings) {
    public Parsed {
      tasks = List.copyOf(tasks);
      unread = List.copyOf(unread);
      problems = List.copyOf(problems);
      warnings = List.copyOf(warnings);
    }

    public boolean valid() {
      return problems.isEmpty();
    }

    /** The same, with what the actions demand of the tasks added. */
    public Parsed check(TaskValidator validator, Instant now) {
      List<Located> good = new ArrayList<>();
      List<Problem> wrong = new ArrayList<>(problems);
      List<Problem> odd = new ArrayList<>(warnings);
      FlowCheck flow = new FlowCheck(tasks.stream().map(Located::task).toList());
      for (Located task : tasks) {
        Optional<Violation> circle = flow.circle(task.task());
        circle.ifPresent(v -> wrong.add(problem(task, v)));
        flow.unknown(task.task()).forEach(v -> odd.add(problem(task, v)));
        TaskValidator.Report report = validator.validate(task.task(), now);
        report.violations().forEach(v -> wrong.add(problem(task, v)));
        report.warnings().forEach(v -> odd.add(problem(task, v)));
        if (report.valid() && circle.isEmpty()) {
          good.add(task);
        }
      }
      for (Unread task : unread) {
        validator
            .unknownAction(task.action())
            .ifPresent(v -> wrong.add(problem(task.at(), task.path() + ".action", v)));
        task.attributes().ifPresent(text -> odd.addAll(odd(task, text, validator)));
      }
      return new Parsed(file, good, unread, inOrder(wrong), inOrder(odd));
    }

    private List<Problem> odd(Unread task, Quoted attributes, TaskValidator validator) {
      return validator.oddAttributes(task.action(), attributes.text()).stream()
          .map(v -> problem(attributes.at(), task.path() + ".attributes", v))
          .toList();
    }

    private Problem problem(Position at, String field, Violation violation) {
      return new Problem(
          file, at.line(), at.column(), violation.code(), field, violation.problem());
    }

    private Problem problem(Located task, Violation violation) {
      Position at = task.positions().of(violation.field());
      return problem(at, task.path() + "." + violation.field(), violation);
    }
  }

  static List<Problem> inOrder(List<Problem> problems) {
    return problems.stream()
        .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
        .toList();
  }

  /** Reads a file. A file that is missing or cannot be read is a problem as well. */
  public static Parsed read(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      return parse(file.toString(), SourceFile.bytes(file), Optional.ofNullable(folder));
    } catch (SourceException e) {
      return broken(file.toString(), e);
    }
  }

  /**
   * Reads content that came from elsewhere, and so cannot name calendars beside it.
   *
   * @param name for messages, and for telling JSON by its extension
   */
  public static Parsed parse(String name, String content) {
    return parse(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Like {@link #parse(String, String)}; the bytes must be UTF-8. */
  public static Parsed parse(String name, byte[] content) {
    return parse(name, content, Optional.empty());
  }

  private static Parsed parse(String name, byte[] content, Optional<Path> folder) {
    try {
      Optional<SourceNode> root = SourceFile.tree(name, content);
      SourceNode node =
          root.orElseThrow(
              () -> new SourceException(1, 1, "is empty; it needs 'tasks:' and a list", null));
      return new Reader(name, new TimingReader.Folder(folder)).read(node);
    } catch (SourceException e) {
      return broken(name, e);
    }
  }

  private static Parsed broken(String file, SourceException e) {
    return new Parsed(file, List.of(), List.of(), List.of(Problems.broken(file, e)), List.of());
  }

  /** The level above the tasks. */
  private static final class Reader {
    private final String file;
    private final Problems problems;
    private final TimingReader.Folder folder;
    private final List<Located> tasks = new ArrayList<>();
    private final List<Unread> unread = new ArrayList<>();

    Reader(String file, TimingReader.Folder folder) {
      this.file = file;
      this.folder = folder;
      this.problems = new Problems(file);
    }

    Parsed read(SourceNode root) {
      if (root instanceof Fields fields) {
        SourceFile.duplicates(fields, "", problems);
        top(fields);
      } else {
        String remedy = root instanceof Items ? "; put the list under 'tasks:'" : "";
        problems.wrong(
            "ERR_FILE",
            root.place(),
            "",
            "a map with 'tasks' is wanted, not a " + root.kind() + remedy);
      }
      return new Parsed(
          file, tasks, unread, inOrder(problems.problems()), inOrder(problems.warnings()));
    }

    private void top(Fields root) {
      for (Entry entry : root.entries()) {
        String key = entry.key().text();
        if (!key.equalsIgnoreCase("tasks")) {
          String hint =
              TaskField.of(key).isPresent()
                  ? "; it belongs into a task, in the list under 'tasks:'"
                  : Nearest.hint(key, List.of("tasks"));
          problems.wrong(
              "ERR_UNKNOWN_PARAMETER",
              entry.key().place(),
              key,
              "'" + key + "' is unknown here, only 'tasks' is known" + hint);
        } else if (entry.value() instanceof Items items) {
          tasks(items);
        } else {
          problems.wrong(
              "ERR_FILE",
              entry.value().place(),
              "tasks",
              "a list of tasks is wanted, not a " + entry.value().kind());
        }
      }
      if (root.entries().stream().noneMatch(e -> e.key().text().equalsIgnoreCase("tasks"))) {
        problems.wrong("ERR_FILE", root.place(), "tasks", "is missing: a list of tasks");
      }
    }

    private void tasks(Items items) {
      if (items.items().size() > MAX_TASKS) {
        String problem = "has more than " + MAX_TASKS + " tasks; split it";
        problems.wrong("ERR_FILE", items.place(), "tasks", problem);
        return;
      }
      Map<String, Place> byName = new HashMap<>();
      for (int i = 0; i < items.items().size(); i++) {
        String path = "tasks[" + i + "]";
        SourceNode node = items.items().get(i);
        if (node instanceof Fields fields) {
          unique(fields, path, byName);
          Optional<Located> task = new TaskReader(path, fields, problems, folder).read();
          task.ifPresent(tasks::add);
          if (task.isEmpty()) {
            text(fields, TaskField.ACTION)
                .ifPresent(action -> unread.add(unread(action, path, fields)));
          }
        } else {
          problems.wrong("ERR_FILE", node.place(), path, "a task is a map, not a " + node.kind());
        }
      }
    }

    /** Whatever else is wrong with a task, its name must be its own. */
    private void unique(Fields task, String path, Map<String, Place> byName) {
      text(task, TaskField.NAME)
          .ifPresent(
              name -> {
                Place first = byName.putIfAbsent(name.text().strip(), name.place());
                if (first != null) {
                  problems.wrong(
                      "ERR_TASK_DOES_ALREADY_EXIST",
                      name.place(),
                      path + ".name",
                      "the name '"
                          + name.text().strip()
                          + "' is taken by the task in line "
                          + first.line()
                          + "; names are unique");
                }
              });
    }

    private static Unread unread(Scalar action, String path, Fields task) {
      Quoted name = quoted(action);
      Optional<Quoted> attributes = text(task, TaskField.ATTRIBUTES).map(Reader::quoted);
      return new Unread(name.text(), path, name.at(), attributes);
    }

    private static Quoted quoted(Scalar text) {
      Position at = new Position(text.place().line(), text.place().column());
      return new Quoted(text.text().strip(), at);
    }

    private static Optional<Scalar> text(Fields task, TaskField field) {
      return task.entries().stream()
          .filter(entry -> TaskField.of(entry.key().text()).filter(field::equals).isPresent())
          .map(Entry::value)
          .filter(Scalar.class::isInstance)
          .map(Scalar.class::cast)
          .findFirst();
    }
  }
}
