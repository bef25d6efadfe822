package io.opsautomator.cli;

import io.opsautomator.sqlite.SqliteStore;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Run;
import io.opsautomator.store.Slice;
import io.opsautomator.store.Store;
import io.opsautomator.task.TaskName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "history",
    description = "Lists the runs there were, newest first; also while 'oa run' is at work.",
    mixinStandardHelpOptions = true)
final class HistoryCommand implements Callable<Integer> {
  private final Surroundings world;

  @Parameters(arity = "0..1", paramLabel = "TASK", description = "Only the runs of this task.")
  private Optional<String> task = Optional.empty();

  @Option(
      names = "--run",
      paramLabel = "ID",
      description = "The executions of this run; the beginning of its id is enough.")
  private Optional<String> run = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many runs; default: ${DEFAULT-VALUE}.")
  private int limit = 20;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Mixin private StoreOption store = new StoreOption();

  HistoryCommand(Surroundings world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    if (limit < 1) {
      throw Failure.badInput("--limit is " + limit + ", not 1 or more");
    }
    try (SqliteStore open = StoredRuns.open(store)) {
      if (run.isPresent()) {
        one(open, StoredRuns.explained(open, StoredRuns.find(open, run.get())));
      } else {
        List<Run> runs = open.runs().history(task.map(HistoryCommand::name), limit);
        list(
            runs.stream()
                .map(each -> CountedRun.of(StoredRuns.explained(open, each), open))
                .toList());
      }
    }
    return Failure.OK;
  }

  static TaskName name(String text) {
    try {
      return new TaskName(text);
    } catch (IllegalArgumentException e) {
      throw new Failure(Failure.BAD_INPUT, String.valueOf(e.getMessage()), e);
    }
  }

  private void list(List<CountedRun> runs) {
    if (json) {
      world.out().println(Json.pretty(runs.stream().map(HistoryText::json).toList()));
    } else if (runs.isEmpty()) {
      world.out().println("No runs yet.");
    } else {
      new HistoryText(world.out(), world.style()).runs(runs);
    }
  }

  private void one(Store open, Run found) {
    List<Slice> slices = open.selections().slices(found.id());
    List<Execution> executions =
        open.selections().batches(found.id()).stream()
            .flatMap(batch -> open.executions().find(batch.executions()).stream())
            .toList();
    if (json) {
      Map<String, Object> all = HistoryText.json(found, executions);
      all.put("selection", SelectionText.json(slices));
      world.out().println(Json.pretty(all));
      return;
    }
    HistoryText text = new HistoryText(world.out(), world.style());
    text.runs(List.of(CountedRun.of(found, executions)));
    SelectionText.print(world.out(), world.style(), slices);
    world.out().println();
    text.executions(executions);
  }
}
