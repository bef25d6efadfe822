package io.opsautomator.cli;

import io.opsautomator.sqlite.SqliteStore;
import io.opsautomator.sqlite.SqliteStore.Check;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "check",
    description = {
      "Reads the whole store and holds its parts against each other; also while 'oa run' is at"
          + " work. Changes nothing.",
      "Exit status 1 means that something has to be done, and says what."
    },
    mixinStandardHelpOptions = true)
final class StoreCheckCommand implements Callable<Integer> {
  private static final int SHOWN = 20;

  private final Surroundings world;

  @Mixin private StoreOption store = new StoreOption();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  StoreCheckCommand(Surroundings world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    Check check;
    try (SqliteStore open = store.lookOn()) {
      check = open.check(world.clock().instant());
    }
    if (json) {
      world.out().println(Json.pretty(json(check)));
    } else {
      print(check);
    }
    return check.faults().isEmpty() && check.stray().isEmpty() ? Failure.OK : Failure.FAILED;
  }

  private static Object json(Check check) {
    return Json.object(
        "schema", check.schema(),
        "items", check.items(),
        "faults", check.faults(),
        "stray", check.stray(),
        "pending", check.pending());
  }

  private void print(Check check) {
    PrintWriter out = world.out();
    Style style = world.style();
    out.println("Store   " + style.bold(store.folder().resolve("store.db").toString()));
    out.println("Schema  " + check.schema());
    Table table = new Table(style, "ITEMS", ">STORED");
    check.items().forEach(table::row);
    table.print(out, "");
    list(check.faults(), style.bad("Damaged:"));
    list(check.stray(), style.bad("Stray, and nobody will look after it:"));
    list(check.pending(), "Left over by an engine that was stopped:");
    out.println();
    out.println(verdict(check));
  }

  private void list(List<String> lines, String title) {
    if (lines.isEmpty()) {
      return;
    }
    world.out().println();
    world.out().println(title);
    lines.stream().limit(SHOWN).forEach(line -> world.out().println("  " + Told.line(line)));
    if (lines.size() > SHOWN) {
      world.out().println("  and " + (lines.size() - SHOWN) + " more; --json shows all");
    }
  }

  private String verdict(Check check) {
    if (!check.faults().isEmpty()) {
      return "Stop what works on it, put a backup in place of the folder, and keep this one:"
          + " 'oa store export' still reads what is not damaged.";
    }
    if (!check.stray().isEmpty()) {
      return "Nothing is damaged, but this should not be: please report it, with the output of"
          + " 'oa store export'. 'oa history --run ID' shows what had been done.";
    }
    return check.pending().isEmpty()
        ? "All is well."
        : "All is well: the next 'oa run' on this store goes on with what was left over.";
  }
}
