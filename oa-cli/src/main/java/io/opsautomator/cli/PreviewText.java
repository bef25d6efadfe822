package io.opsautomator.cli;

import io.opsautomator.cli.Collisions.Meeting;
import io.opsautomator.cli.Preview.Span;
import io.opsautomator.cli.Preview.Summary;
import io.opsautomator.schedule.Forecast;
import io.opsautomator.schedule.Suppression;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A preview for people: of each task what is to be expected, then where tasks meet. */
final class PreviewText {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE uuuu-MM-dd", Locale.ENGLISH);
  static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm", Locale.ENGLISH);
  private static final int MEETINGS = 10;

  private final PrintWriter out;
  private final Style style;
  private final Span span;

  PreviewText(PrintWriter out, Style style, Span span) {
    this.out = out;
    this.style = style;
    this.span = span;
  }

  void print(List<Preview> previews) {
    long days = Duration.between(span.from(), span.until()).toDays();
    out.println(
        DAY.format(span.from().atOffset(ZoneOffset.UTC))
            + " to "
            + DAY.format(span.until().minusNanos(1).atOffset(ZoneOffset.UTC))
            + ", "
            + TaskSource.counted(days, "day"));
    Collisions collisions = new Collisions(span);
    for (int i = 0; i < previews.size(); i++) {
      int number = i + 1;
      Preview preview = previews.get(i);
      task(preview, preview.summary(span, entry -> collisions.add(number, entry)));
    }
    meetings(collisions.worst(previews, MEETINGS));
  }

  private void task(Preview preview, Summary found) {
    out.println();
    String name = Told.line(preview.name());
    boolean named = !preview.when().startsWith(preview.name());
    out.println(style.bold(name) + (named ? "  " + style.dim(Told.line(preview.when())) : ""));
    out.println("  " + counts(preview, found));
    out.println("  next: " + next(preview, found));
    lines("odd: ", preview.zone(), found.odd, found.oddTimes);
    lines("held back: ", preview.zone(), found.held, found.heldBack);
  }

  private String counts(Preview preview, Summary found) {
    StringBuilder text = new StringBuilder(TaskSource.counted(found.runs, "run"));
    if (found.heldBack > 0) {
      text.append(", ").append(style.odd(found.heldBack + " held back"));
    }
    if (found.skipped > 0) {
      text.append(", ").append(style.odd(found.skipped + " skipped"));
    }
    Duration jitter = preview.timetable().jitter();
    return text + (jitter.isZero() ? "" : ", each up to " + jitter.toSeconds() + " s later");
  }

  private static String next(Preview preview, Summary found) {
    if (found.next.isEmpty()) {
      return "never in this time";
    }
    String times =
        found.next.stream()
            .map(entry -> DAY_AND_TIME.format(entry.at().atZone(preview.zone())))
            .collect(Collectors.joining(", "));
    String zone = preview.zone().getId();
    return times + " (" + (zone.equals("Z") ? "UTC" : zone) + ")";
  }

  private void lines(String what, ZoneId zone, List<Forecast> first, int all) {
    for (Forecast entry : first) {
      String when = DAY_AND_TIME.format(entry.at().atZone(zone));
      out.println("  " + style.odd(what) + when + "  " + Told.line(why(entry)));
    }
    if (all > first.size()) {
      out.println("  " + style.odd(what) + "and " + (all - first.size()) + " more");
    }
  }

  static String why(Forecast entry) {
    String mark = entry.mark().inWords();
    String held = entry.suppressed().map(Suppression::inWords).orElse("");
    return mark.isEmpty() || held.isEmpty() ? mark + held : mark + ", " + held;
  }

  private void meetings(List<Meeting> meetings) {
    if (meetings.isEmpty()) {
      return;
    }
    out.println();
    out.println("Several tasks in the same minute:");
    Table table = new Table(style, "UTC", ">TASKS", ">DAYS", "FIRST", "WHICH");
    for (Meeting meeting : meetings) {
      String more = meeting.tasks() > meeting.names().size() ? ", ..." : "";
      table.row(
          meeting.time(),
          meeting.tasks(),
          meeting.days(),
          DAY.format(meeting.at().atOffset(ZoneOffset.UTC)),
          Told.line(String.join(", ", meeting.names()) + more));
    }
    table.print(out, "  ");
  }
}
