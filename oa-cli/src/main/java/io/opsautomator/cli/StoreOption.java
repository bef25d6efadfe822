package io.opsautomator.cli;

import io.opsautomator.sqlite.SqliteStore;
import java.nio.file.Files;
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

  /**
   * @throws Failure if there is none
   */
  void requireThere() {
    if (!Files.exists(folder.resolve("store.db")) && !Files.exists(folder.resolve("store.mark"))) {
      throw Failure.badInput("there is no store in " + folder + "; --store names another folder");
    }
  }

  /**
   * Beside whoever may be working on it.
   *
   * @throws Failure if there is none
   */
  SqliteStore lookOn() {
    requireThere();
    return SqliteStore.readOnly(folder);
  }

  Path notifications() {
    return folder.resolve("notifications.jsonl");
  }

  Path audit() {
    return folder.resolve("audit.jsonl");
  }
}
