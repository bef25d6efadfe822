package io.opsautomator.cli;

import io.opsautomator.action.ActionCatalog;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskFile;
import io.opsautomator.task.TaskFile.Located;
import io.opsautomator.task.TaskFile.Parsed;
import io.opsautomator.task.TaskValidator;
import java.nio.file.Path;
import java.util.List;

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

  /** Problems and warnings, as compilers print theirs. */
  void print(Parsed parsed) {
    Style style = world.errorStyle();
    parsed.problems().forEach(p -> world.err().println(style.bad("error: ") + p));
    parsed.warnings().forEach(w -> world.err().println(style.odd("warning: ") + w));
  }

  static String verdict(Parsed parsed) {
    return parsed.file() + " has " + counted(parsed.problems().size(), "problem");
  }

  /** {@code 1 task}, {@code 2 tasks}. */
  static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
