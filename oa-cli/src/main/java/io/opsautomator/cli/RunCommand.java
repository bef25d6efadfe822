package io.opsautomator.cli;

import io.opsautomator.OpsAutomator;
import io.opsautomator.aws.AwsConnection;
import io.opsautomator.store.Run;
import io.opsautomator.task.InvalidTaskException;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Safeguards;
import io.opsautomator.task.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "run",
    description = {
      "Runs the tasks of a file, one after the other, and waits for them to end.",
      "Before it acts on a real account it shows what it would do, and asks."
    },
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final int LEFT_OVER = 1_000;
  private final Surroundings world;

  @Parameters(paramLabel = "FILE", description = "A task file.")
  private Path file = Path.of("");

  @Option(names = "--task", paramLabel = "NAME", description = "Only this task.")
  private Optional<String> only = Optional.empty();

  @Option(
      names = "--watch",
      description = "Run the tasks when they are due, and follow edits of the file.")
  private boolean watch;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask. Required without a terminal.")
  private boolean yes;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Mixin private OverrideOptions changes = new OverrideOptions();
  @Mixin private AwsOptions options = new AwsOptions();
  @Mixin private StoreOption store = new StoreOption();
  @Mixin private SafeguardsOption safeguards = new SafeguardsOption();

  RunCommand(Surroundings world) {
    this.world = world;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (watch && (json || only.isPresent() || changes.given())) {
      throw Failure.badInput(
          "--watch follows the whole file; --json, --task and what changes a run are without it");
    }
    Consent consent = new Consent(world, options, yes);
    List<Task> tasks = new TaskSource(world, Catalog.offline()).chosen(file, only);
    List<Task> asked = changes.applyTo(tasks, world);
    Safeguards bounds = safeguards.inForce(world);
    consent.requirePossible();
    Progress progress = new Progress(world);
    try (AwsConnection connection = options.aws(world).connect();
        Session session = open(connection, bounds, progress)) {
      consent.ask(connection, session.engine(), asked);
      if (watch) {
        new Watch(world, session.engine(), progress, new WatchedFiles(List.of(file))).follow(tasks);
        return Failure.OK;
      }
      return once(session.engine(), tasks, progress);
    }
  }

  /** Asks who we are first, so that a wrong address is told before a store is made. */
  private Session open(AwsConnection connection, Safeguards bounds, Progress progress)
      throws IOException {
    connection.whoAmI();
    return new Session(world, store, new Session.Given(connection, bounds), progress);
  }

  private int once(OpsAutomator engine, List<Task> tasks, Progress progress)
      throws InterruptedException {
    List<Run> left =
        engine.history(Optional.empty(), LEFT_OVER).stream()
            .filter(run -> !run.state().ended())
            .toList();
    if (!left.isEmpty()) {
      progress.note("Going on with " + TaskSource.counted(left.size(), "unfinished run") + ".");
    }
    engine.work();
    List<Run> ended = new ArrayList<>();
    for (Run run : left) {
      ended.add(engine.await(run.id()));
    }
    tasks.forEach(task -> put(engine, whenAsked(task)));
    FollowUps followUps = new FollowUps(engine, tasks);
    for (Task task : followUps.first()) {
      RunId run = engine.run(task.name(), UUID.randomUUID().toString(), changes.overrides());
      ended.addAll(followUps.await(run));
    }
    progress.clear();
    return new RunReport(world, store, json).of(engine, ended);
  }

  /** Stored without its schedule, so that a later watch does not make up for instants before it. */
  private static Task whenAsked(Task task) {
    Task.When asked = task.when().withoutSchedules();
    return new Task(
        task.name(),
        task.work(),
        task.target(),
        asked,
        task.limits(),
        task.guards(),
        task.options(),
        task.flow());
  }

  static void put(OpsAutomator engine, Task task) {
    var wrong = engine.put(task);
    if (!wrong.isEmpty()) {
      throw new InvalidTaskException(task.name().value(), wrong);
    }
  }
}
