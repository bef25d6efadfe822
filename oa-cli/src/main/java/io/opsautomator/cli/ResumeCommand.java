package io.opsautomator.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "resume",
    description = {
      "Ends the pause of a task.",
      "What was due meanwhile is left out; the audit says how often that was."
    },
    mixinStandardHelpOptions = true)
final class ResumeCommand implements Callable<Integer> {
  private final Surroundings world;

  @Mixin private Holding holding = new Holding();

  ResumeCommand(Surroundings world) {
    this.world = world;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return holding.call(world, false, "goes on");
  }
}
