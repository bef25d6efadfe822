package io.opsautomator.cli;

import io.opsautomator.OpsAutomator;
import io.opsautomator.OpsAutomatorException;
import io.opsautomator.aws.AwsConnection;
import io.opsautomator.plan.Plan;
import io.opsautomator.store.InMemoryStore;
import io.opsautomator.store.Store;
import io.opsautomator.task.Safeguards;
import io.opsautomator.task.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "plan",
    description = "Shows what the tasks of a file would do now. Looks, and changes nothing.",
    mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
  private static final int SHOWN = 10;
  private final Surroundings world;

  @Parameters(paramLabel = "FILE", description = "A task file.")
  private Path file = Path.of("");

  @Option(names = "--task", paramLabel = "NAME", description = "Only this task.")
  private Optional<String> only = Optional.empty();

  @Option(names = "--all", description = "Show every execution, not only the first ten of a task.")
  private boolean all;

  @Option(names = "--json", description = "Print the plans as JSON.")
  private boolean json;

  @Mixin private OverrideOptions changes = new OverrideOptions();
  @Mixin private AwsOptions options = new AwsOptions();
  @Mixin private StoreOption store = new StoreOption();
  @Mixin private SafeguardsOption safeguards = new SafeguardsOption();

  PlanCommand(Surroundings world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    List<Task> tasks =
        changes.applyTo(new TaskSource(world, Catalog.offline()).chosen(file, only), world);
    Safeguards bounds = safeguards.inForce(world);
    try (AwsConnection connection = options.aws(world).connect();
        Store known = known();
        OpsAutomator engine = engine(connection, known, bounds)) {
      connection.whoAmI();
      return plan(engine, tasks);
    }
  }

  /** For limits that depend on earlier runs; without any there is nothing to know. */
  private Store known() {
    return StoredRuns.isThere(store) ? StoredRuns.open(store) : new InMemoryStore();
  }

  private static OpsAutomator engine(AwsConnection connection, Store known, Safeguards bounds) {
    return OpsAutomator.builder().install(connection).store(known).safeguards(bounds).build();
  }

  private int plan(OpsAutomator engine, List<Task> tasks) {
    List<Plan> plans = new ArrayList<>();
    int status = Failure.OK;
    for (Task task : tasks) {
      try {
        Plan plan = engine.plan(task);
        plans.add(plan);
        status = Math.max(status, plan.problems().isEmpty() ? Failure.OK : Failure.FAILED);
        print(plan);
      } catch (OpsAutomatorException e) {
        String why = Explanation.of(e).message();
        world.err().println(world.errorStyle().bad(task.name().value() + ": ") + why);
        status = Failure.FAILED;
      }
    }
    if (json) {
      world.out().println(Json.pretty(plans.stream().map(PlanText::json).toList()));
    }
    return status;
  }

  private void print(Plan plan) {
    if (!json) {
      PlanText text = new PlanText(world.out(), world.style());
      text.summary(plan);
      text.details(plan, all ? Long.MAX_VALUE : SHOWN);
      world.out().println();
    }
  }
}
