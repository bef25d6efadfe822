package io.opsautomator.cli;

import io.opsautomator.OpsAutomator;
import io.opsautomator.audit.JsonLinesSink;
import io.opsautomator.aws.CallMeter;
import io.opsautomator.cli.DemoTally.Counts;
import io.opsautomator.report.Report;
import io.opsautomator.sqlite.SqliteStore;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Run;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskFile.Located;
import io.opsautomator.task.TaskFile.Parsed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description = {
      "Runs a week over a simulated estate, and reports on it.",
      "Three accounts, four regions, about two thousand resources. Touches nothing but a folder",
      "for its store."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE d MMMM", Locale.ENGLISH);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT).withZone(DemoWorld.ZONE);

  private static final int RUNS = 10_000;

  private final Surroundings world;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "7",
      description = "How long; default: ${DEFAULT-VALUE}.")
  private int days = 7;

  @Option(
      names = "--store",
      paramLabel = "DIR",
      description = "The folder for store and audit; default: a new one in .oa.")
  private Optional<Path> store = Optional.empty();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Where the report goes; default: report.html in that folder.")
  private Optional<Path> report = Optional.empty();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  DemoCommand(Surroundings world) {
    this.world = world;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (days < 1 || days > 366) {
      throw Failure.badInput("--days is " + days + ", not 1 to 366");
    }
    Path folder = store.orElseGet(this::newFolder);
    if (Files.exists(folder.resolve("store.db"))) {
      throw Failure.badInput(folder + " holds a store already; name another folder");
    }
    Instant began = world.clock().instant();
    try (DemoWorld demo = new DemoWorld()) {
      introduce();
      List<Task> tasks = play(demo, folder);
      Duration took = Duration.between(began, world.clock().instant());
      report(demo, tasks, folder, took);
    }
    return Failure.OK;
  }

  private Path newFolder() {
    return Path.of(".oa", "demo-" + STAMP.format(world.clock().instant()));
  }

  private void introduce() {
    if (!json) {
      world
          .out()
          .println(
              TaskSource.counted(days, "day")
                  + " in "
                  + DemoWorld.ZONE
                  + " over 3 accounts and 4 regions with about 2000 resources, on the durable"
                  + " store");
    }
  }

  private List<Task> play(DemoWorld demo, Path folder) throws IOException, InterruptedException {
    try (SqliteStore open = SqliteStore.open(folder);
        JsonLinesSink audit = JsonLinesSink.appendingTo(folder.resolve("audit.jsonl"))) {
      List<Task> tasks = tasks(folder.resolve("tasks.yaml"));
      try (CallMeter calls = new CallMeter(demo.time, audit);
          OpsAutomator engine = demo.engine(open, audit, calls, tasks)) {
        engine.start();
        for (int day = 1; day <= days; day++) {
          pass(demo, day);
        }
        for (Run run : engine.history(Optional.empty(), RUNS)) {
          demo.tally.slots(run.task().value(), engine.executions(run.id()));
        }
      }
      page(demo, open, folder);
      return tasks;
    }
  }

  private void page(DemoWorld demo, SqliteStore open, Path folder) throws IOException {
    Report.of(open, demo.time.instant())
        .audit(folder.resolve("audit.jsonl"))
        .zone(DemoWorld.ZONE)
        .title(
            days == 7
                ? "A simulated week"
                : "A simulated time of " + TaskSource.counted(days, "day"))
        .read()
        .writeTo(page(folder));
  }

  private Path page(Path folder) {
    return report.orElseGet(() -> folder.resolve("report.html"));
  }

  /** They lie beside the store, for trying changes with {@code oa validate}. */
  private List<Task> tasks(Path file) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(DemoCommand.class.getResourceAsStream("demo.yaml"))) {
      Files.copy(in, file);
    }
    Parsed parsed = new TaskSource(world, Catalog.offline()).read(file);
    if (!parsed.valid()) {
      throw new IllegalStateException(parsed.problems().toString());
    }
    return parsed.tasks().stream().map(Located::task).toList();
  }

  private void pass(DemoWorld demo, int day) throws InterruptedException {
    ZonedDateTime midnight = DemoWorld.START.atZone(DemoWorld.ZONE).plusDays(day);
    int executions = demo.tally.executions();
    int calls = demo.tally.calls();
    demo.time.runUntil(midnight.toInstant());
    if (!json) {
      world
          .out()
          .printf(
              Locale.ROOT,
              "  %-16s %5d executions, %6d API calls%n",
              DAY.format(midnight.minusDays(1)),
              demo.tally.executions() - executions,
              demo.tally.calls() - calls);
    }
  }

  private void report(DemoWorld demo, List<Task> tasks, Path folder, Duration took) {
    Map<String, Counts> counted = demo.tally.byTask();
    if (json) {
      List<Map<String, Object>> rows = new ArrayList<>();
      tasks.forEach(task -> rows.add(asJson(task, counts(counted, task))));
      world
          .out()
          .println(
              Json.pretty(
                  Json.object(
                      "days",
                      days,
                      "seconds",
                      took.toMillis() / 1000.0,
                      "store",
                      folder.toString(),
                      "report",
                      page(folder).toString(),
                      "tasks",
                      rows)));
    } else {
      print(tasks, counted);
      where(folder, took);
    }
  }

  private static Counts counts(Map<String, Counts> counted, Task task) {
    return Optional.ofNullable(counted.get(task.name().value())).orElseGet(Counts::new);
  }

  private void print(List<Task> tasks, Map<String, Counts> counted) {
    Style style = world.style();
    world.out().println();
    Table table =
        new Table(
            style,
            "TASK",
            ">RUNS",
            ">PARTIAL",
            ">EXECUTIONS",
            ">SUCCEEDED",
            ">FAILED",
            ">TIMED OUT",
            ">RETRIES",
            ">API CALLS",
            ">PEAK",
            ">LIMIT");
    for (Task task : tasks) {
      Counts of = counts(counted, task);
      table.row(
          style.bold(task.name().value()),
          of.runs,
          odd(style, of.partial),
          of.executions,
          style.good("" + of.ended(Status.SUCCEEDED)),
          bad(style, of.failed() - of.ended(Status.TIMED_OUT)),
          bad(style, of.ended(Status.TIMED_OUT)),
          odd(style, of.retries),
          of.calls,
          of.peak,
          limit(task));
    }
    table.print(world.out(), "");
  }

  private static String odd(Style style, int count) {
    return count == 0 ? "0" : style.odd("" + count);
  }

  private static String bad(Style style, int count) {
    return count == 0 ? "0" : style.bad("" + count);
  }

  private static String limit(Task task) {
    int limit = task.limits().maxConcurrent();
    return limit == 0 ? "-" : "" + limit;
  }

  private void where(Path folder, Duration took) {
    world.out().println();
    world.out().println(DemoWorld.troubleWithin(days));
    world.out().printf(Locale.ROOT, "Took %.1f s.%n", took.toMillis() / 1000.0);
    world.out().println("Tasks  " + folder.resolve("tasks.yaml"));
    world.out().println("Store  " + folder.resolve("store.db") + "   oa history --store " + folder);
    world.out().println("Audit  " + folder.resolve("audit.jsonl"));
    world.out().println("Report " + page(folder) + "   open it in a browser");
  }

  private static Map<String, Object> asJson(Task task, Counts of) {
    return Json.object(
        "task", task.name().value(),
        "runs", of.runs,
        "partial", of.partial,
        "executions", of.executions,
        "succeeded", of.ended(Status.SUCCEEDED),
        "failed", of.failed() - of.ended(Status.TIMED_OUT),
        "timedOut", of.ended(Status.TIMED_OUT),
        "retries", of.retries,
        "apiCalls", of.calls,
        "mutatingCalls", of.mutating,
        "peak", of.peak,
        "limit", task.limits().maxConcurrent());
  }
}
