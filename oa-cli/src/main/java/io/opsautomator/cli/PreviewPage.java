package io.opsautomator.cli;

import io.opsautomator.cli.Collisions.Meeting;
import io.opsautomator.cli.Preview.Span;
import io.opsautomator.cli.Preview.Summary;
import io.opsautomator.schedule.DstMark;
import io.opsautomator.schedule.Forecast;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A preview as one page for a browser: a calendar whose days are the darker the more runs they
 * have, then the tasks, then where they meet. It loads nothing, runs nothing, and everything that
 * comes from a task is escaped.
 */
final class PreviewPage {
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu", Locale.ENGLISH);
  private static final int MEETINGS = 20;
  private static final int SHADES = 4;

  private static final String STYLE =
      """
      :root{color-scheme:light dark;--bg:#fff;--fg:#1c2430;--dim:#667085;--line:#d9dee6;--hot:37 99 235;
      --odd:#c2410c}
      @media(prefers-color-scheme:dark){:root{--bg:#10151c;--fg:#e6eaf0;--dim:#93a0b4;--line:#2b3442;
      --hot:96 165 250;--odd:#fb923c}}
      *{box-sizing:border-box}body{background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,
      sans-serif;margin:0 auto;max-width:72rem;padding:2rem 1.25rem}h1{font-size:1.5rem;margin:0}
      h2{font-size:1.1rem;margin:2rem 0 .5rem}p{color:var(--dim);margin:.2rem 0}
      .year{display:grid;gap:1.25rem;grid-template-columns:repeat(auto-fill,minmax(13rem,1fr));
      margin-top:1rem}.month h3{font-size:.9rem;font-weight:600;margin:0 0 .3rem}
      .days{display:grid;gap:2px;grid-template-columns:repeat(7,1fr)}
      .days span{border-radius:3px;font-size:.7rem;line-height:1.5rem;text-align:center}
      .d0{color:var(--dim)}.d1{background:rgb(var(--hot)/.15)}.d2{background:rgb(var(--hot)/.35)}
      .d3{background:rgb(var(--hot)/.6)}.d4{background:rgb(var(--hot)/.9);color:var(--bg)}
      .odd{box-shadow:inset 0 0 0 2px var(--odd)}
      .held{text-decoration:underline wavy var(--odd);text-underline-offset:2px}
      table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid var(--line);
      padding:.4rem .8rem .4rem 0;text-align:left;vertical-align:top}
      th{color:var(--dim);font-weight:500}.n{text-align:right;font-variant-numeric:tabular-nums}
      small{color:var(--dim)}em{color:var(--odd);font-style:normal}
      """;

  private final PrintWriter out;
  private final Span span;
  private final ZoneId zone;
  private final Map<LocalDate, Day> days = new HashMap<>();

  /** What happens on a day. */
  private static final class Day {
    private int runs;
    private int held;
    private int odd;

    private void add(Forecast entry) {
      runs += entry.runs() ? 1 : 0;
      held += entry.suppressed().isPresent() ? 1 : 0;
      odd += entry.mark().kind() == DstMark.Kind.NONE ? 0 : 1;
    }
  }

  PreviewPage(PrintWriter out, Span span, ZoneId zone) {
    this.out = out;
    this.span = span;
    this.zone = zone;
  }

  void print(List<Preview> previews) {
    Collisions collisions = new Collisions(span);
    List<Summary> summaries = new ArrayList<>();
    for (int i = 0; i < previews.size(); i++) {
      int number = i + 1;
      summaries.add(
          previews
              .get(i)
              .summary(
                  span,
                  entry -> {
                    collisions.add(number, entry);
                    days.computeIfAbsent(day(entry), date -> new Day()).add(entry);
                  }));
    }
    head(previews.size());
    year();
    tasks(previews, summaries);
    meetings(collisions.worst(previews, MEETINGS));
    out.println("</body></html>");
  }

  private LocalDate day(Forecast entry) {
    return entry.at().atZone(zone).toLocalDate();
  }

  private void head(int tasks) {
    out.println("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">");
    out.println("<meta name=\"viewport\" content=\"width=device-width\">");
    out.println("<title>What will run</title><style>" + STYLE + "</style></head><body>");
    out.println("<h1>What will run</h1>");
    out.println(
        "<p>"
            + TaskSource.counted(tasks, "task")
            + ", "
            + DAY.format(span.from().atZone(zone))
            + " to "
            + DAY.format(span.until().minusNanos(1).atZone(zone))
            + ", days in "
            + escaped(zone.getId().equals("Z") ? "UTC" : zone.getId())
            + ". Darker days have more runs; a frame marks a change of clocks that matters, a wavy"
            + " line what a calendar holds back.</p>");
  }

  private void year() {
    int most = days.values().stream().mapToInt(day -> day.runs).max().orElse(0);
    out.println("<div class=\"year\">");
    YearMonth last = YearMonth.from(span.until().minusNanos(1).atZone(zone));
    for (YearMonth month = YearMonth.from(span.from().atZone(zone));
        !month.isAfter(last);
        month = month.plusMonths(1)) {
      month(month, most);
    }
    out.println("</div>");
  }

  private void month(YearMonth month, int most) {
    out.println("<div class=\"month\"><h3>" + MONTH.format(month) + "</h3><div class=\"days\">");
    int first = month.atDay(1).getDayOfWeek().getValue();
    for (int day = 1; day <= month.lengthOfMonth(); day++) {
      LocalDate date = month.atDay(day);
      Day found = days.getOrDefault(date, new Day());
      String column = day == 1 ? " style=\"grid-column:" + first + "\"" : "";
      String title = DAY.format(date) + ": " + words(found);
      out.print("<span class=\"" + classes(found, most) + "\"" + column + " title=\"" + title);
      out.print("\">" + day + "</span>");
    }
    out.println("</div></div>");
  }

  private static String classes(Day day, int most) {
    int shade = most == 0 ? 0 : (day.runs * SHADES + most - 1) / most;
    return "d" + shade + (day.odd > 0 ? " odd" : "") + (day.held > 0 ? " held" : "");
  }

  private static String words(Day day) {
    return TaskSource.counted(day.runs, "run")
        + (day.held > 0 ? ", " + day.held + " held back" : "")
        + (day.odd > 0 ? ", " + day.odd + " where clocks change" : "");
  }

  private void tasks(List<Preview> previews, List<Summary> summaries) {
    out.println("<h2>Tasks</h2><table><tr><th>Task<th class=\"n\">Runs<th>Next<th>To know</tr>");
    for (int i = 0; i < previews.size(); i++) {
      Preview preview = previews.get(i);
      Summary found = summaries.get(i);
      String next =
          found.next.isEmpty()
              ? "never in this time"
              : PreviewText.DAY_AND_TIME.format(found.next.get(0).at().atZone(preview.zone()));
      out.print("<tr><td>" + escaped(preview.name()));
      out.print("<br><small>" + escaped(preview.when()) + "</small>");
      out.print("<td class=\"n\">" + found.runs + "<td>" + next + "<td>");
      found.odd.forEach(entry -> note(preview, entry));
      found.held.forEach(entry -> note(preview, entry));
      more(found.oddTimes - found.odd.size() + found.heldBack - found.held.size());
      out.println("</tr>");
    }
    out.println("</table>");
  }

  private void note(Preview preview, Forecast entry) {
    String when = PreviewText.DAY_AND_TIME.format(entry.at().atZone(preview.zone()));
    out.print("<em>" + when + "</em> " + escaped(PreviewText.why(entry)) + "<br>");
  }

  private void more(int count) {
    if (count > 0) {
      out.print("<small>and " + count + " more</small>");
    }
  }

  private void meetings(List<Meeting> meetings) {
    if (meetings.isEmpty()) {
      return;
    }
    out.println("<h2>Several tasks in the same minute</h2><table>");
    out.println("<tr><th>UTC<th class=\"n\">Tasks<th class=\"n\">Days<th>Which</tr>");
    for (Meeting meeting : meetings) {
      String more = meeting.tasks() > meeting.names().size() ? ", ..." : "";
      out.print("<tr><td>" + meeting.time() + "<td class=\"n\">" + meeting.tasks());
      out.print("<td class=\"n\">" + meeting.days() + "<td>");
      out.println(escaped(String.join(", ", meeting.names()) + more) + "</tr>");
    }
    out.println("</table>");
  }

  static String escaped(String text) {
    return Told.line(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
