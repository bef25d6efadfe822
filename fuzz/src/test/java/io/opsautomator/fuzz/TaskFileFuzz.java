package io.opsautomator.fuzz;

import static io.opsautomator.fuzz.Claims.claim;

import io.opsautomator.task.SafeguardsFile;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskCodec;
import io.opsautomator.task.TaskFile;
import io.opsautomator.task.TaskValidator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A task file, read and judged by the bundled actions. Nothing is thrown, whatever it holds; every
 * problem stands where the file has text, and every good task can be stored.
 */
final class TaskFileFuzz {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private static final Pattern EDITORS = Pattern.compile("\r\n|[\r\n]");

  /** To YAML these end lines, too, and it counts them; nobody writes them. */
  private static final Pattern YAML = Pattern.compile("\r\n|[\r\n\u0085\u2028\u2029]");

  private TaskFileFuzz() {}

  static void check(String name, byte[] content) {
    TaskFile.Parsed parsed = TaskFile.parse(name, content);
    TaskFile.Parsed checked = parsed.check(new TaskValidator(Offline.ACTIONS), NOW);
    String text = new String(content, StandardCharsets.UTF_8);
    checked.problems().forEach(problem -> told(problem, text));
    checked.warnings().forEach(warning -> told(warning, text));
    claim(checked.valid() == checked.problems().isEmpty(), "valid, or not");
    claim(!parsed.valid() || !parsed.tasks().isEmpty() || isEmptyList(content), "nothing is told");
    parsed.tasks().forEach(located -> stored(located.task()));
  }

  /** The file of what no task may do, which is read in the same way. */
  static void checkSafeguards(String content) {
    SafeguardsFile.Parsed parsed = SafeguardsFile.parse("safeguards.yaml", content);
    parsed.problems().forEach(problem -> told(problem, content));
    parsed.warnings().forEach(warning -> told(warning, content));
    claim(parsed.valid() == parsed.problems().isEmpty(), "valid, or not");
  }

  private static boolean isEmptyList(byte[] content) {
    return new String(content, StandardCharsets.UTF_8).contains("[");
  }

  private static void told(TaskFile.Problem problem, String text) {
    claim(!problem.message().isBlank() && !problem.code().isBlank(), "says nothing");
    claim(
        isInside(problem, EDITORS.split(text, -1)) || isInside(problem, YAML.split(text, -1)),
        "stands outside the file: " + problem);
    String[] shown = problem.toString().split("\n", -1);
    claim(shown.length == 1 || shown.length == 3 && shown[2].strip().equals("^"), "" + problem);
    List.of(shown).forEach(Claims::harmless);
  }

  private static boolean isInside(TaskFile.Problem problem, String[] lines) {
    int length = problem.line() <= lines.length ? lines[problem.line() - 1].length() : 0;
    return problem.line() >= 1
        && problem.line() <= lines.length + 1
        && problem.column() >= 1
        && problem.column() <= length + 2;
  }

  private static void stored(Task task) {
    String json = TaskCodec.write(task);
    Task read = TaskCodec.read(json);
    claim(read.equals(task), "does not read back: " + json);
    claim(TaskCodec.write(read).equals(json), "is written in two ways: " + json);
  }
}
