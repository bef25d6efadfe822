package io.opsautomator.cli;

import io.opsautomator.store.Store;
import io.opsautomator.store.StoredTask;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskCodec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "tasks",
    description = "Lists the tasks of a store; also while 'oa run' is at work.",
    mixinStandardHelpOptions = true)
final class TasksCommand implements Callable<Integer> {
  private final Surroundings world;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Mixin private StoreOption store = new StoreOption();

  TasksCommand(Surroundings world) {
    this.world = world;
  }

  /** A task and the latest run of it. */
  private record Line(StoredTask stored, Task task, Optional<CountedRun> last) {}

  @Override
  public Integer call() {
    try (Store open = store.lookOn()) {
      List<Line> lines = open.tasks().all().stream().map(task -> line(open, task)).toList();
      if (json) {
        world.out().println(Json.pretty(lines.stream().map(TasksCommand::json).toList()));
      } else if (lines.isEmpty()) {
        world.out().println("No tasks yet.");
      } else {
        print(lines);
      }
    }
    return Failure.OK;
  }

  private static Line line(Store open, StoredTask task) {
    Optional<CountedRun> last =
        open.runs().history(Optional.of(task.name()), 1).stream()
            .findFirst()
            .map(run -> CountedRun.of(run, open));
    return new Line(task, TaskCodec.read(task.definition()), last);
  }

  private void print(List<Line> lines) {
    Style style = world.style();
    Table table = new Table(style, "TASK", "STATE", "ACTION", "NEXT", "LAST RUN", "BEGAN");
    for (Line line : lines) {
      table.row(
          style.bold(line.stored().name().value()),
          style.of(line.stored().state()),
          line.task().work().action(),
          next(line).map(HistoryText::when).orElseGet(() -> unwatched(line)),
          line.last().map(last -> style.of(last.run().state())).orElse("none"),
          line.last().map(last -> HistoryText.when(last.run().cause().at())).orElse(""));
    }
    table.print(world.out(), "");
  }

  /** A task that is held has no next firing, whatever its clock says. */
  private static Optional<Instant> next(Line line) {
    return line.stored().state() == StoredTask.State.ENABLED
        ? line.stored().clock().next()
        : Optional.empty();
  }

  /** Where its clock stands still although its schedule goes on, nobody looks at it. */
  private String unwatched(Line line) {
    boolean goesOn =
        line.stored().state() == StoredTask.State.ENABLED
            && line.task().timetable().nextAfter(world.clock().instant()).isPresent();
    return goesOn ? "not watched" : "";
  }

  private static Map<String, Object> json(Line line) {
    return Json.object(
        "task", line.stored().name().value(),
        "state", line.stored().state().name(),
        "action", line.task().work().action(),
        "next", next(line).map(Instant::toString),
        "lastRun", line.last().map(HistoryText::json));
  }
}
