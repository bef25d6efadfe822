package io.opsautomator.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "aws",
    description = "Makes what workers on AWS share.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class AwsCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  /** With its subcommands. */
  static CommandLine in(Surroundings world) {
    CommandLine aws = new CommandLine(new AwsCommand());
    aws.addSubcommand(new CreateStoreCommand(world));
    return aws;
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "what is to be made there: 'create-store'?");
    }
  }
}
