package io.opsautomator.cli;

import io.opsautomator.resource.Denylist;
import io.opsautomator.task.Safeguards;
import io.opsautomator.task.SafeguardsFile;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskFile.Located;
import io.opsautomator.task.TaskFile.Parsed;
import io.opsautomator.task.TaskFile.Problem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "validate",
    description = {
      "Says everything that is wrong with task files, and with the file of what no task may do.",
      "Calls nothing."
    },
    mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
  private static final int FIRINGS = 3;
  private final Surroundings world;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Task files, YAML or JSON.")
  private List<Path> files = new ArrayList<>();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Mixin private SafeguardsOption safeguards = new SafeguardsOption();

  ValidateCommand(Surroundings world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    TaskSource source = new TaskSource(world, Catalog.offline());
    Optional<SafeguardsFile.Parsed> bounds = safeguards.parsed();
    Denylist deny =
        bounds
            .flatMap(SafeguardsFile.Parsed::safeguards)
            .map(Safeguards::deny)
            .orElse(Denylist.NONE);
    List<Parsed> results =
        files.stream().map(file -> Clashes.warned(source.read(file), deny)).toList();
    if (json) {
      List<Map<String, Object>> all = new ArrayList<>();
      results.forEach(result -> all.add(asJson(result)));
      bounds.ifPresent(result -> all.add(asJson(result)));
      world.out().println(Json.pretty(all));
    } else {
      results.forEach(result -> print(source, result));
      bounds.ifPresent(this::print);
    }
    boolean valid =
        results.stream().allMatch(Parsed::valid)
            && bounds.map(SafeguardsFile.Parsed::valid).orElse(true);
    return valid ? Failure.OK : Failure.BAD_INPUT;
  }

  private void print(SafeguardsFile.Parsed bounds) {
    TaskSource.print(world, bounds.problems(), bounds.warnings());
    if (bounds.valid()) {
      String words = SafeguardsOption.inWords(bounds.safeguards().orElseThrow());
      world.out().println(bounds.file() + ": " + words + ", " + world.style().good("valid"));
    } else {
      world.err().println(world.errorStyle().bad(SafeguardsOption.verdict(bounds)));
    }
  }

  private void print(TaskSource source, Parsed result) {
    source.print(result);
    if (!result.valid()) {
      world.err().println(world.errorStyle().bad(TaskSource.verdict(result)));
      return;
    }
    Style style = world.style();
    String tasks = TaskSource.counted(result.tasks().size(), "task");
    world.out().println(result.file() + ": " + tasks + ", " + style.good("valid"));
    Table table = new Table(style, "TASK", "ACTION", "WHEN");
    result.tasks().forEach(t -> table.row(t.task().name().value(), action(t), when(t.task())));
    if (!table.isEmpty()) {
      table.print(world.out(), "  ");
    }
  }

  private static String action(Located task) {
    return task.task().work().action();
  }

  private String when(Task task) {
    if (!task.options().enabled()) {
      return "disabled";
    }
    List<String> all = new ArrayList<>();
    if (task.when().timing().any()) {
      all.add(Preview.of(task).describeNext(world.clock().instant(), 2));
    } else {
      Instant now = world.clock().instant();
      task.when().schedules().forEach(schedule -> all.add(schedule.describeNext(now, 2)));
    }
    if (!task.when().events().types().isEmpty()) {
      all.add("on events");
    }
    return all.isEmpty() ? "when asked" : String.join("; ", all);
  }

  private Map<String, Object> asJson(Parsed result) {
    return Json.object(
        "file", result.file(),
        "valid", result.valid(),
        "tasks", result.tasks().stream().map(t -> asJson(t.task())).toList(),
        "problems", result.problems().stream().map(ValidateCommand::asJson).toList(),
        "warnings", result.warnings().stream().map(ValidateCommand::asJson).toList());
  }

  private static Map<String, Object> asJson(SafeguardsFile.Parsed result) {
    return Json.object(
        "file", result.file(),
        "valid", result.valid(),
        "safeguards", result.safeguards().map(SafeguardsOption::inWords),
        "problems", result.problems().stream().map(ValidateCommand::asJson).toList(),
        "warnings", result.warnings().stream().map(ValidateCommand::asJson).toList());
  }

  private Map<String, Object> asJson(Task task) {
    return Json.object(
        "name", task.name().value(),
        "action", task.work().action(),
        "enabled", task.options().enabled(),
        "next",
            Preview.of(task).next(world.clock().instant(), FIRINGS).stream()
                .map(Instant::toString)
                .toList());
  }

  static Map<String, Object> asJson(Problem problem) {
    return Json.object(
        "file", problem.file(),
        "line", problem.line(),
        "column", problem.column(),
        "code", problem.code(),
        "field", problem.field(),
        "message", problem.message());
  }
}
