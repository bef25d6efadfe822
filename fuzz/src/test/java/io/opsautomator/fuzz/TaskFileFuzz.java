package io.opsautomator.fuzz;

import static io.opsautomator.fuzz.Claims.claim;

import io.opsautomator.task.Task;
import io.opsautomator.task.TaskCodec;
import io.opsautomator.task.TaskFile;
import io.opsautomator.task.TaskValidator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * A task file, read and judged by the bundled actions. Nothing is thrown, whatever it holds; every
 * problem stands where the file has text, and every good task can be stored.
 */
final class TaskFileFuzz {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private TaskFileFuzz() {}

  static void check(String name, byte[] content) {
    TaskFile.Parsed parsed = TaskFile.parse(name, content);
    TaskFile.Parsed checked = parsed.check(new TaskValidator(Offline.ACTIONS), NOW);
    List<String> lines =
        List.of(
            new String(content, StandardCharsets.UTF_8).split("\r\n|[\r\n\u0085\u2028\u2029]", -1));
    checked.problems().forEach(problem -> told(problem, lines));
    checked.warnings().forEach(warning -> told(warning, lines));
    claim(checked.valid() == checked.problems().isEmpty(), "valid, or not");
    claim(!parsed.valid() || !parsed.tasks().isEmpty() || isEmptyList(content), "nothing is told");
    parsed.tasks().forEach(located -> stored(located.task()));
  }

  private static boolean isEmptyList(byte[] content) {
    return new String(content, StandardCharsets.UTF_8).contains("[");
  }

  private static void told(TaskFile.Problem problem, List<String> lines) {
    String where = problem.line() + ":" + problem.column() + " " + problem.message();
    claim(problem.line() >= 1 && problem.line() <= lines.size() + 1, "outside the file: " + where);
    claim(problem.column() >= 1, "outside its line: " + where);
    int length = problem.line() <= lines.size() ? lines.get(problem.line() - 1).length() : 0;
    claim(problem.column() <= length + 2, "behind its line of " + length + ": " + where);
    claim(!problem.message().isBlank() && !problem.code().isBlank(), "says nothing");
  }

  private static void stored(Task task) {
    String json = TaskCodec.write(task);
    Task read = TaskCodec.read(json);
    claim(read.equals(task), "does not read back: " + json);
    claim(TaskCodec.write(read).equals(json), "is written in two ways: " + json);
  }
}
