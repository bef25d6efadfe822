package io.opsautomator.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "store",
    description = "Looks after the store: is it whole, what is in it, how long is it kept.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class StoreCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  /** With its subcommands. */
  static CommandLine in(Surroundings world) {
    CommandLine store = new CommandLine(new StoreCommand());
    store.addSubcommand(new StoreCheckCommand(world));
    store.addSubcommand(new StoreExportCommand(world));
    store.addSubcommand(new StorePurgeCommand(world));
    return store;
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "what is to be done with it: 'check', 'export' or 'purge'?");
    }
  }
}
