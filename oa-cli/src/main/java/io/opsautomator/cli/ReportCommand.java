package io.opsautomator.cli;

import io.opsautomator.report.Report;
import io.opsautomator.sqlite.SqliteStore;
import io.opsautomator.task.TaskName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "report",
    description = {
      "Writes one HTML page about what ran: timeline, outcomes, concurrency, calls, failures.",
      "Open it in a browser; it needs no network. Also while 'oa run' is at work."
    },
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  private final Surroundings world;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to; default: report.html in the folder of the store.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--since",
      paramLabel = "WHEN",
      description = "Only runs since then: a length such as 24h or 7d, or a date; default: all.")
  private Optional<String> since = Optional.empty();

  @Option(names = "--task", paramLabel = "NAME", description = "Only the runs of this task.")
  private Optional<String> task = Optional.empty();

  @Option(
      names = "--timezone",
      paramLabel = "ZONE",
      description = "Whose clock to show, such as Europe/Berlin; default: the computer's.")
  private Optional<String> zone = Optional.empty();

  @Mixin private StoreOption store = new StoreOption();

  ReportCommand(Surroundings world) {
    this.world = world;
  }

  @Override
  public Integer call() throws IOException {
    ZoneId clock = zone.map(ReportCommand::zone).orElseGet(ZoneId::systemDefault);
    Instant now = world.clock().instant();
    Optional<Instant> first = since.map(text -> new Since(now, clock).read(text));
    Optional<TaskName> only = task.map(HistoryCommand::name);
    Path file = out.orElseGet(() -> store.folder().resolve("report.html"));
    try (SqliteStore open = store.lookOn()) {
      Report.Builder report = Report.of(open, now).audit(store.audit()).zone(clock);
      first.ifPresent(report::since);
      only.ifPresent(report::task);
      write(report.read(), file);
    }
    return Failure.OK;
  }

  private void write(Report report, Path file) {
    try {
      report.writeTo(file);
    } catch (IOException e) {
      throw new Failure(
          Failure.BAD_INPUT,
          "cannot write " + file + ": " + e.getMessage() + "; --out names another file",
          e);
    }
    world
        .out()
        .println(
            TaskSource.counted(report.runs(), "run")
                + " and "
                + TaskSource.counted(report.executions(), "execution")
                + " in "
                + file);
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new Failure(
          Failure.BAD_INPUT,
          "--timezone is '" + text + "', which is no zone such as Europe/Berlin",
          e);
    }
  }
}
