package io.opsautomator.cli;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionCatalog;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskValidator;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "actions",
    description = "Lists the actions that tasks may name, or explains one.",
    mixinStandardHelpOptions = true)
final class ActionsCommand implements Callable<Integer> {
  private final Surroundings world;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The action to explain.")
  private Optional<String> name = Optional.empty();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  ActionsCommand(Surroundings world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    ActionCatalog actions = Catalog.offline();
    if (name.isEmpty()) {
      list(actions);
    } else {
      explain(found(actions, name.get()).metadata());
    }
    return Failure.OK;
  }

  static Action<?> found(ActionCatalog actions, String name) {
    return actions.find(name).orElseThrow(() -> Failure.badInput(unknown(actions, name)));
  }

  /** In the words in which a task that named it would be refused. */
  private static String unknown(ActionCatalog actions, String name) {
    Task task = Task.named("asked").action(name.isBlank() ? "?" : name).build();
    return new TaskValidator(actions)
        .validate(task, java.time.Instant.EPOCH)
        .violations()
        .get(0)
        .problem();
  }

  private void list(ActionCatalog actions) {
    if (json) {
      world
          .out()
          .println(
              Json.pretty(
                  actions.actions().stream().map(a -> ActionHelp.asJson(a.metadata())).toList()));
      return;
    }
    Table table = new Table(world.style(), "ACTION", "VERSION", "SELECTS", "WHAT IT DOES");
    for (Action<?> action : actions.actions()) {
      ActionMetadata<?> about = action.metadata();
      table.row(
          world.style().bold(about.name()),
          about.identity().version(),
          about.selection().type().key(),
          about.identity().title());
    }
    table.print(world.out(), "");
    world.out().println();
    world.out().println("'oa actions NAME' explains one.");
  }

  private void explain(ActionMetadata<?> about) {
    if (json) {
      world.out().println(Json.pretty(ActionHelp.asJson(about)));
    } else {
      new ActionHelp(world.out(), world.style(), about).print();
    }
  }
}
