package io.opsautomator.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "cancel",
    description = {
      "Stops a run, or one execution of it.",
      "What has not begun never will, what has begun stops at its next step. Where no oa is at",
      "work, waits for the end."
    },
    mixinStandardHelpOptions = true)
final class CancelCommand implements Callable<Integer> {
  private final Surroundings world;

  @Parameters(
      paramLabel = "RUN|EXECUTION",
      description =
          "As 'oa history' and 'oa history --run' name it; the beginning of the id is enough.")
  private String id = "";

  @Option(
      names = "--undo",
      description = "Take back what was done by what has not ended, as far as its action can.")
  private boolean undo;

  @Option(
      names = "--because",
      paramLabel = "TEXT",
      defaultValue = "cancelled by hand",
      description = "Why, for the history and the audit; default: '${DEFAULT-VALUE}'.")
  private String why = "";

  @Mixin private Asking asking = new Asking();

  CancelCommand(Surroundings world) {
    this.world = world;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return asking.call(
        world,
        store -> {
          StoredRuns.Found found = StoredRuns.findEither(store, id);
          return new Request.Cancel(found.run(), found.execution(), why, undo);
        },
        "It is cancelled");
  }
}
