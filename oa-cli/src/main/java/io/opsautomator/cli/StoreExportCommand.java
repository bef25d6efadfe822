package io.opsautomator.cli;

import io.opsautomator.sqlite.SqliteStore;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "export",
    description = {
      "Prints everything that is stored as JSON, one item a line, by kind and key; also while"
          + " 'oa run' is at work.",
      "The values of secret parameters are masked wherever they appear. Exit status 1 means that"
          + " some items are damaged; the others are printed."
    },
    mixinStandardHelpOptions = true)
final class StoreExportCommand implements Callable<Integer> {
  private final Surroundings world;
  private int damaged;

  @Mixin private StoreOption store = new StoreOption();

  StoreExportCommand(Surroundings world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    Redaction redaction = new Redaction(Catalog.offline());
    try (SqliteStore open = store.lookOn()) {
      open.export(redaction::learn);
      open.export(item -> print(redaction, item));
    }
    if (damaged > 0) {
      world.err().println("oa: " + damaged + " items are damaged; 'oa store check' names them");
    }
    return damaged == 0 ? Failure.OK : Failure.FAILED;
  }

  private void print(Redaction redaction, SqliteStore.Item item) {
    redaction.learn(item); // It may be younger than the first look; runs come before executions.
    damaged += item.json().isEmpty() ? 1 : 0;
    world.out().println(Json.line(redaction.shown(item)));
  }
}
