package io.opsautomator.cli;

import io.opsautomator.cli.Preview.Span;
import io.opsautomator.cli.PreviewDiff.Change;
import io.opsautomator.schedule.Schedule;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "preview",
    description = {
      "Shows when tasks, or a cron expression, will fire.",
      "How often, on which days the clocks or a calendar interfere, and where tasks meet. Calls",
      "nothing."
    },
    mixinStandardHelpOptions = true)
final class PreviewCommand implements Callable<Integer> {
  private static final Duration LONGEST = Duration.ofDays(3660);
  private final Surroundings world;

  @Parameters(paramLabel = "FILE|EXPR", description = "A task file, or a cron expression.")
  private String what = "";

  @Option(names = "--zone", paramLabel = "ZONE", description = "That of EXPR; by default UTC.")
  private String zone = "UTC";

  @Option(names = "--task", paramLabel = "NAME", description = "Only this task.")
  private Optional<String> only = Optional.empty();

  @Option(names = "--from", paramLabel = "DATE", description = "A date, or an instant; now.")
  private Optional<String> from = Optional.empty();

  @Option(names = "--until", paramLabel = "DATE", description = "The last day, or an instant.")
  private Optional<String> until = Optional.empty();

  @Option(names = "--days", paramLabel = "N", description = "How many days; by default 365.")
  private Optional<Integer> days = Optional.empty();

  @Option(names = "--json", description = "Print every firing as JSON.")
  private boolean json;

  @Option(names = "--ics", description = "Print every run as an event of an iCalendar file.")
  private boolean ics;

  @Option(names = "--html", paramLabel = "FILE", description = "Write a page with a calendar.")
  private Optional<Path> html = Optional.empty();

  @Option(
      names = "--diff",
      paramLabel = "OLD",
      description = "Show which runs are added, lost and moved, compared to another task file.")
  private Optional<Path> old = Optional.empty();

  @Option(names = "--fail-on-lost", description = "With --diff: exit status 1 if a run is lost.")
  private boolean failOnLost;

  PreviewCommand(Surroundings world) {
    this.world = world;
  }

  @Override
  public Integer call() throws IOException {
    Span span = span();
    List<Preview> previews = isExpression() ? List.of(expression()) : tasks(Path.of(what));
    if (old.isPresent()) {
      return diff(span, previews, tasks(old.get()));
    }
    if (html.isPresent()) {
      page(html.get(), span, previews);
    }
    if (json) {
      PreviewJson.print(world.out(), span, previews);
    } else if (ics) {
      new PreviewCalendar(world.out(), world.clock().instant()).print(span, previews);
    } else if (html.isEmpty()) {
      new PreviewText(world.out(), world.style(), span).print(previews);
    }
    return Failure.OK;
  }

  private boolean isExpression() {
    boolean looksLikeOne = what.startsWith("@") || what.trim().contains(" ");
    try {
      return looksLikeOne && !Files.exists(Path.of(what));
    } catch (InvalidPathException e) {
      return true;
    }
  }

  private Preview expression() {
    if (only.isPresent() || old.isPresent()) {
      throw Failure.badInput("--task and --diff are about task files, not about an expression");
    }
    return Preview.of(Schedule.cron(what, zone));
  }

  private List<Preview> tasks(Path file) {
    return new TaskSource(world, Catalog.offline())
        .chosen(file, only).stream().map(Preview::of).toList();
  }

  private Span span() {
    Schedule.cron("@daily", zone); // says what is wrong with the zone
    if (until.isPresent() && days.isPresent()) {
      throw Failure.badInput("--until and --days say the same; give one");
    }
    Instant start = from.map(text -> instant("--from", text, 0)).orElse(world.clock().instant());
    Instant end =
        until
            .map(text -> instant("--until", text, 1))
            .orElseGet(() -> start.plus(Duration.ofDays(days.orElse(365))));
    if (!end.isAfter(start) || Duration.between(start, end).compareTo(LONGEST) > 0) {
      throw Failure.badInput(
          "from " + start + " to " + end + " is not a span of time of at most ten years");
    }
    return new Span(start, end);
  }

  /** A date is a day on the clock of {@code --zone}. */
  private Instant instant(String option, String text, int moreDays) {
    try {
      if (text.length() == "2026-01-31".length()) {
        return LocalDate.parse(text).plusDays(moreDays).atStartOfDay(ZoneId.of(zone)).toInstant();
      }
      return Instant.parse(text);
    } catch (DateTimeException e) {
      String allowed = "a date such as 2026-01-31, nor an instant such as 2026-01-31T18:00:00Z";
      throw new Failure(Failure.BAD_INPUT, option + " '" + text + "' is neither " + allowed, e);
    }
  }

  private int diff(Span span, List<Preview> now, List<Preview> before) {
    List<Change> changes = new PreviewDiff(span).changes(before, now);
    if (json) {
      world.out().println(Json.pretty(PreviewDiff.json(changes)));
    } else {
      PreviewDiff.print(world.out(), world.style(), changes);
    }
    boolean lost = changes.stream().anyMatch(change -> !change.lost().isEmpty());
    return failOnLost && lost ? Failure.FAILED : Failure.OK;
  }

  private void page(Path file, Span span, List<Preview> previews) throws IOException {
    ZoneId shown =
        previews.stream().map(Preview::zone).distinct().count() == 1
            ? previews.get(0).zone()
            : ZoneOffset.UTC;
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
      new PreviewPage(out, span, shown).print(previews);
    }
    world.err().println("Wrote " + file + ".");
  }
}
