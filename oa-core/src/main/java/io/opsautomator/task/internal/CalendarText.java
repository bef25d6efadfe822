package io.opsautomator.task.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of an iCalendar file that say when its events are and how they are called: what is
 * stored with a task. Descriptions, attendees, alarms and whatever else a calendar holds stay out.
 *
 * <p>Folded lines are joined. Each line knows where it stood in the file. Dates without a time are
 * written as midnights in UTC when asked {@link #forUnrolling}, so that they can be counted without
 * a zone, and without the zone of the machine getting in.
 */
final class CalendarText {
  private static final Set<String> OF_EVENT =
      Set.of(
          "DTSTART",
          "DTEND",
          "DURATION",
          "RRULE",
          "RDATE",
          "EXRULE",
          "EXDATE",
          "RECURRENCE-ID",
          "STATUS",
          "SUMMARY");
  private static final Set<String> OF_ZONE =
      Set.of("TZID", "DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE");
  private static final Set<String> WITH_DATES =
      Set.of("DTSTART", "DTEND", "RDATE", "EXDATE", "RECURRENCE-ID");
  private static final Pattern DATE = Pattern.compile("(?<![0-9T])([0-9]{8})(?![0-9T])");
  private static final Pattern UNTIL = Pattern.compile("(?i)UNTIL=([0-9]{8})(?![0-9T])");
  private static final Pattern VALUE_DATE = Pattern.compile("(?i);VALUE=DATE(?=[;:])");

  private final List<Line> lines = new ArrayList<>();
  private final Deque<Line> open = new ArrayDeque<>();
  private boolean overrides;
  private boolean hasStart;

  /**
   * @param number where it began, from 1
   */
  private record Line(int number, String text) {
    /** What stands before parameters and value, in capitals. */
    String name() {
      int end = 0;
      while (end < text.length() && text.charAt(end) != ':' && text.charAt(end) != ';') {
        end++;
      }
      return text.substring(0, end).toUpperCase(Locale.ROOT);
    }

    String value() {
      return text.substring(text.indexOf(':') + 1).trim().toUpperCase(Locale.ROOT);
    }

    boolean isAllDayStart() {
      return name().equals("DTSTART") && value().matches("[0-9]{8}");
    }
  }

  private CalendarText() {}

  static CalendarText of(String file) throws SourceException {
    CalendarText calendar = new CalendarText();
    calendar.overrides = file.toUpperCase(Locale.ROOT).contains("RECURRENCE-ID");
    for (Line line : unfolded(file)) {
      calendar.take(line);
    }
    calendar.end();
    return calendar;
  }

  private static List<Line> unfolded(String file) {
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String text : file.split("\r\n|\n|\r", -1)) {
      number++;
      boolean folded = !text.isEmpty() && (text.charAt(0) == ' ' || text.charAt(0) == '\t');
      if (folded && !lines.isEmpty()) {
        Line begun = lines.remove(lines.size() - 1);
        lines.add(new Line(begun.number(), begun.text() + text.substring(1)));
      } else if (!text.isBlank()) {
        lines.add(new Line(number, text));
      }
    }
    return lines;
  }

  private void take(Line line) throws SourceException {
    if (lines.isEmpty() && !isBegin(line, "VCALENDAR")) {
      throw fault(line, "is not an iCalendar file: that begins with BEGIN:VCALENDAR");
    }
    switch (line.name()) {
      case "BEGIN" -> begin(line);
      case "END" -> end(line);
      default -> {
        if (isWanted(line)) {
          hasStart |= line.name().equals("DTSTART");
          lines.add(line);
        }
      }
    }
  }

  private void begin(Line line) {
    open.push(line);
    if (isWithin("VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VCALENDAR")) {
      hasStart &= !line.value().equals("VEVENT");
      lines.add(line);
    }
  }

  private void end(Line line) throws SourceException {
    if (open.isEmpty() || !open.peek().value().equals(line.value())) {
      String opened = open.isEmpty() ? "nothing" : open.peek().text() + " of line " + number();
      throw fault(line, line.text().trim() + " does not end " + opened);
    }
    if (isWithin("VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VCALENDAR")) {
      lines.add(line);
      if (line.value().equals("VEVENT") && !hasStart) {
        throw fault(open.peek(), "an event has no DTSTART");
      }
    }
    open.pop();
  }

  private int number() {
    return open.peek().number();
  }

  private void end() throws SourceException {
    if (!open.isEmpty()) {
      throw fault(open.peek(), open.peek().text().trim() + " is never ended; is the file cut off?");
    }
    if (lines.isEmpty()) {
      throw new SourceException(1, 1, "is empty; it begins with BEGIN:VCALENDAR", null);
    }
  }

  /** Whether everything that is open is one of these. */
  private boolean isWithin(String... components) {
    return open.stream().allMatch(begun -> List.of(components).contains(begun.value()));
  }

  private boolean isWanted(Line line) {
    String component = open.isEmpty() ? "" : open.peek().value();
    return switch (component) {
      case "VCALENDAR" -> line.name().equals("VERSION");
      case "VEVENT" -> OF_EVENT.contains(line.name()) || (overrides && line.name().equals("UID"));
      case "VTIMEZONE", "STANDARD", "DAYLIGHT" ->
          OF_ZONE.contains(line.name()) && isWithin("VCALENDAR", "VTIMEZONE", component);
      default -> false;
    };
  }

  private static boolean isBegin(Line line, String component) {
    return line.name().equals("BEGIN") && line.value().equals(component);
  }

  private static SourceException fault(Line line, String problem) {
    return new SourceException(line.number(), 1, problem, null);
  }

  /** Where a line of {@link #text} stood in the file. */
  int lineInFile(int line) {
    return lines.get(Math.min(Math.max(line, 1), lines.size()) - 1).number();
  }

  /** The kept lines, as they stood. */
  String text() {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line.text()).append('\n'));
    return text.toString();
  }

  /** Whether the events, in the file's order, are of whole days. */
  List<Boolean> allDay() {
    List<Boolean> all = new ArrayList<>();
    for (Line line : lines) {
      if (isBegin(line, "VEVENT")) {
        all.add(false);
      } else if (!all.isEmpty() && line.isAllDayStart()) {
        all.set(all.size() - 1, true);
      }
    }
    return all;
  }

  /** The same, line by line, with the dates of events as midnights in UTC. */
  String forUnrolling() {
    StringBuilder text = new StringBuilder();
    boolean allDay = false;
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      allDay = isBegin(line, "VEVENT") ? isAllDayFrom(i) : allDay;
      text.append(allDay ? withTimes(line) : line.text()).append('\n');
    }
    return text.toString();
  }

  private boolean isAllDayFrom(int begin) {
    int i = begin;
    while (!lines.get(i).name().equals("END")) {
      if (lines.get(i).isAllDayStart()) {
        return true;
      }
      i++;
    }
    return false;
  }

  private static String withTimes(Line line) {
    if (line.name().equals("RRULE") || line.name().equals("EXRULE")) {
      return UNTIL.matcher(line.text()).replaceAll("UNTIL=$1T000000Z");
    }
    if (!WITH_DATES.contains(line.name())) {
      return line.text();
    }
    int colon = line.text().indexOf(':');
    Matcher dates = DATE.matcher(line.text().substring(colon + 1));
    String parameters = line.text().substring(0, colon + 1);
    return VALUE_DATE.matcher(parameters).replaceAll("") + dates.replaceAll("$1T000000Z");
  }
}
