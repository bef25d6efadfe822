package io.opsautomator.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "pause",
    description = {
      "Holds a task: it does not fire until 'oa resume'. Runs that are open go on.",
      "An edit of its file does not end the pause."
    },
    mixinStandardHelpOptions = true)
final class PauseCommand implements Callable<Integer> {
  private final Surroundings world;

  @Mixin private Holding holding = new Holding();

  PauseCommand(Surroundings world) {
    this.world = world;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return holding.call(world, true, "is paused");
  }
}
