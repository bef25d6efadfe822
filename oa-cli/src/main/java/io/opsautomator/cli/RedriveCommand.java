package io.opsautomator.cli;

import io.opsautomator.task.ExecutionId;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "redrive",
    description = {
      "Does again what failed of a run, and starts what was not started.",
      "Repeats nothing that succeeded. Where no oa is at work, waits for the end."
    },
    mixinStandardHelpOptions = true)
final class RedriveCommand implements Callable<Integer> {
  private final Surroundings world;

  @Parameters(
      paramLabel = "RUN",
      description = "A run, as 'oa history' names it; the beginning of its id is enough.")
  private String run = "";

  @Option(
      names = "--uncertain",
      arity = "1..*",
      paramLabel = "EXECUTION",
      description =
          "Executions whose outcome nobody knew, and of which you have found out that what is"
              + " uncertain did not happen: these too.")
  private List<String> uncertain = List.of();

  @Mixin private Asking asking = new Asking();

  RedriveCommand(Surroundings world) {
    this.world = world;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Set<ExecutionId> named =
        uncertain.stream().map(ExecutionId::new).collect(Collectors.toUnmodifiableSet());
    return asking.call(
        world,
        store -> new Request.Redrive(StoredRuns.find(store, run).id(), named),
        "What failed is done again");
  }
}
