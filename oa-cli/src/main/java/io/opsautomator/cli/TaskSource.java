package io.opsautomator.cli;

import io.opsautomator.action.ActionCatalog;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskFile;
import io.opsautomator.task.TaskFile.Located;
import io.opsautomator.task.TaskFile.Parsed;
import io.opsautomator.task.TaskFile.Problem;
import io.opsautomator.task.TaskValidator;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Task files as commands take them: read, checked by the actions there are, and judged. */
final class TaskSource {
  private final Surroundings world;
  private final ActionCatalog actions;

  TaskSource(Surroundings world, ActionCatalog actions) {
    this.world = world;
    this.actions = actions;
  }

  Parsed read(Path file) {
    return TaskFile.read(file).check(new TaskValidator(actions), world.clock().instant());
  }

  /**
   * The tasks, all of them good. Warnings are printed.
   *
   * @throws Failure after every problem was printed
   */
  List<Task> tasks(Path file) {
    Parsed parsed = read(file);
    print(parsed);
    if (!parsed.valid()) {
      throw Failure.badInput(verdict(parsed));
    }
    return parsed.tasks().stream().map(Located::task).toList();
  }

  /**
   * Those that are enabled, or the one that is asked for.
   *
   * @throws Failure if there is none, too
   */
  List<Task> chosen(Path file, Optional<String> only) {
    List<Task> all = tasks(file);
    if (only.isPresent()) {
      List<Task> one = all.stream().filter(t -> t.name().value().equals(only.get())).toList();
      if (one.isEmpty()) {
        String names = all.stream().map(t -> t.name().value()).collect(Collectors.joining(", "));
        throw Failure.badInput(
            "there is no task '" + only.get() + "' in " + file + "; there are: " + names);
      }
      return one;
    }
    List<Task> enabled = all.stream().filter(t -> t.options().enabled()).toList();
    if (enabled.isEmpty()) {
      throw Failure.badInput(file + " has no task that is enabled");
    }
    return enabled;
  }

  /** Problems and warnings, as compilers print theirs. */
  void print(Parsed parsed) {
    print(world, parsed.problems(), parsed.warnings());
  }

  static void print(Surroundings world, List<Problem> problems, List<Problem> warnings) {
    Style style = world.errorStyle();
    problems.forEach(p -> world.err().println(style.bad("error: ") + p));
    warnings.forEach(w -> world.err().println(style.odd("warning: ") + w));
  }

  static String verdict(Parsed parsed) {
    return parsed.file() + " has " + counted(parsed.problems().size(), "problem");
  }

  /** {@code 1 task}, {@code 2 tasks}. */
  static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
