package io.opsautomator.task;

import io.opsautomator.task.TaskFile.Problem;
import io.opsautomator.task.internal.SourceException;
import io.opsautomator.task.internal.SourceNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Files with a deployment's {@link Safeguards}, in YAML or JSON (by the extension {@code .json}):
 *
 * <pre>{@code
 * deny:
 *   accounts: [111122223333]
 *   tags: [env=prod]
 *   resources: ['arn:*:ec2:*:*:instance/i-0a*']
 * budget: {resources: 500, per: 24h}
 * }</pre>
 *
 * <p>Judged as a whole like a {@link TaskFile}: every problem is told with its place and remedy,
 * and nothing about a file's content is thrown. Every part may be left out; a file with nothing in
 * it but comments lays down nothing.
 */
public final class SafeguardsFile {
  private SafeguardsFile() {}

  /**
   * What a file says.
   *
   * @param safeguards empty if there are problems: a part of what should hold tasks back is worse
   *     than an error
   */
  public record Parsed(
      String file,
      Optional<Safeguards> safeguards,
      List<Problem> problems,
      List<Problem> warnings) {
    public Parsed {
      problems = List.copyOf(problems);
      warnings = List.copyOf(warnings);
    }

    public boolean valid() {
      return problems.isEmpty();
    }
  }

  /** Reads a file. A file that is missing or cannot be read is a problem as well. */
  public static Parsed read(Path file) {
    try {
      return parse(file.toString(), SourceFile.bytes(file));
    } catch (SourceException e) {
      return broken(file.toString(), e);
    }
  }

  /**
   * Reads content that came from elsewhere.
   *
   * @param name for messages, and for telling JSON by its extension
   */
  public static Parsed parse(String name, String content) {
    return parse(name, content.getBytes(StandardCharsets.UTF_8));
  }

  private static Parsed parse(String name, byte[] content) {
    try {
      Optional<SourceNode> root = SourceFile.tree(name, content);
      Problems problems = new Problems(name);
      Optional<Safeguards> read =
          root.isEmpty()
              ? Optional.of(Safeguards.NONE)
              : new SafeguardsReader(problems).read(root.get());
      List<Problem> wrong = TaskFile.inOrder(problems.problems());
      return new Parsed(name, read, wrong, TaskFile.inOrder(problems.warnings()));
    } catch (SourceException e) {
      return broken(name, e);
    }
  }

  private static Parsed broken(String file, SourceException e) {
    return new Parsed(file, Optional.empty(), List.of(Problems.broken(file, e)), List.of());
  }
}
