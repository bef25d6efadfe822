package io.opsautomator.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where everything is kept. */
final class StoreOption {
  @Option(
      names = "--store",
      paramLabel = "DIR",
      defaultValue = ".oa",
      description = "The folder that keeps tasks, runs and audit; default: ${DEFAULT-VALUE}.")
  private Path folder = Path.of(".oa");

  Path folder() {
    return folder;
  }

  Path audit() {
    return folder.resolve("audit.jsonl");
  }
}
