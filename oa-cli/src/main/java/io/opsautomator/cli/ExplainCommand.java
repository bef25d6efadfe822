package io.opsautomator.cli;

import io.opsautomator.OpsAutomator;
import io.opsautomator.OpsAutomatorException;
import io.opsautomator.aws.AwsConnection;
import io.opsautomator.plan.Verdict;
import io.opsautomator.store.InMemoryStore;
import io.opsautomator.store.Store;
import io.opsautomator.task.Safeguards;
import io.opsautomator.task.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "explain",
    description = {
      "Says whether tasks select a resource or fire at a time, and why not.",
      "Tells it of every resource and the tasks of a file; or with --at of a time.",
      "Looks, and changes nothing."
    },
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  private final Surroundings world;

  @Parameters(paramLabel = "FILE", description = "A task file.")
  private Path file = Path.of("");

  @Option(names = "--task", paramLabel = "NAME", description = "Only this task.")
  private Optional<String> only = Optional.empty();

  @Option(
      names = "--resource",
      paramLabel = "ID",
      description = "Only this resource, by its id or ARN, and every question it was asked.")
  private Optional<String> resource = Optional.empty();

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description =
          "Say instead whether the tasks fire at this time, and why not: an instant such as"
              + " 2026-03-29T01:30:00Z, or 2026-03-29T02:30 on a task's own clock.")
  private Optional<String> at = Optional.empty();

  @Option(names = "--all", description = "Show every resource, not only ten for each reason.")
  private boolean all;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Mixin private AwsOptions options = new AwsOptions();
  @Mixin private StoreOption store = new StoreOption();
  @Mixin private SafeguardsOption safeguards = new SafeguardsOption();

  ExplainCommand(Surroundings world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    List<Task> tasks = new TaskSource(world, Catalog.offline()).chosen(file, only);
    if (at.isPresent()) {
      return explain(tasks, at.get());
    }
    Optional<Sought> sought = resource.map(Sought::of);
    Safeguards bounds = safeguards.inForce(world);
    try (AwsConnection connection = options.aws(world).connect();
        InMemoryStore nothing = new InMemoryStore();
        OpsAutomator engine = engine(connection, nothing, bounds)) {
      connection.whoAmI();
      return sought.isPresent()
          ? explain(engine, tasks, sought.get())
          : new ExplainText(world, all, json).explain(tasks, engine::explain);
    }
  }

  /** Calls nothing: schedules and records know it all. */
  private int explain(List<Task> tasks, String time) {
    try (Store known = StoredRuns.isThere(store) ? StoredRuns.open(store) : new InMemoryStore()) {
      FiringText text = new FiringText(world, time.strip(), known);
      if (json) {
        text.json(tasks);
      } else {
        text.print(tasks);
      }
    }
    return Failure.OK;
  }

  private static OpsAutomator engine(
      AwsConnection connection, InMemoryStore store, Safeguards bounds) {
    return OpsAutomator.builder().install(connection).store(store).safeguards(bounds).build();
  }

  private int explain(OpsAutomator engine, List<Task> tasks, Sought sought) {
    ExplainOneText text = new ExplainOneText(world, Catalog.offline(), sought, json);
    int status = Failure.OK;
    for (Task task : tasks) {
      try (Stream<Verdict> verdicts = engine.explain(task)) {
        status = Math.max(status, text.explain(task, verdicts));
      } catch (OpsAutomatorException e) {
        String why = Explanation.of(e).message();
        world.err().println(world.errorStyle().bad(task.name().value() + ": ") + why);
        status = Failure.FAILED;
      }
    }
    text.end();
    return status;
  }
}
