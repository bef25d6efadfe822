package io.opsautomator.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "approve",
    description = {
      "Lets the next wave of a run go, if it waits for that.",
      "Only runs of a task with 'approve: yes' do.",
      "Where no oa is at work any more, goes on with the run."
    },
    mixinStandardHelpOptions = true)
final class ApproveCommand implements Callable<Integer> {
  private final Surroundings world;

  @Parameters(
      paramLabel = "RUN",
      description = "A run, as 'oa history' names it; the beginning of its id is enough.")
  private String run = "";

  @Mixin private Asking asking = new Asking();

  ApproveCommand(Surroundings world) {
    this.world = world;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return asking.call(
        world,
        store -> new Request.Approve(StoredRuns.find(store, run).id()),
        "The next wave goes");
  }
}
