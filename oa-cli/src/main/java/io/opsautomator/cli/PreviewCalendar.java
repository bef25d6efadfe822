package io.opsautomator.cli;

import io.opsautomator.cli.Preview.Span;
import io.opsautomator.schedule.Forecast;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * A preview as an iCalendar file (RFC 5545): an event for each run, to be looked at beside other
 * appointments. What is held back is left out.
 */
final class PreviewCalendar {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String CRLF = "\r\n";

  /** Bytes of a line, without its end. */
  private static final int LINE = 75;

  private final PrintWriter out;
  private final String stamp;

  PreviewCalendar(PrintWriter out, Instant now) {
    this.out = out;
    this.stamp = STAMP.format(now);
  }

  void print(Span span, List<Preview> previews) {
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//Ops Automator//oa preview//EN");
    for (Preview preview : previews) {
      preview.forecast(span).filter(Forecast::runs).forEach(entry -> event(preview, entry));
    }
    line("END:VCALENDAR");
    out.flush();
  }

  private void event(Preview preview, Forecast entry) {
    String key = preview.name() + "\n" + entry.at();
    line("BEGIN:VEVENT");
    line("UID:" + UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)));
    line("DTSTAMP:" + stamp);
    line("DTSTART:" + STAMP.format(preview.timetable().wake(entry.at())));
    line("SUMMARY:" + escaped(preview.name()));
    if (!entry.mark().inWords().isEmpty()) {
      line("DESCRIPTION:" + escaped(entry.mark().inWords()));
    }
    line("TRANSP:TRANSPARENT");
    line("END:VEVENT");
  }

  private static String escaped(String text) {
    return Told.line(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,");
  }

  /** Folded so that no line is too long, between characters. */
  private void line(String text) {
    int length = 0;
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      int bytes = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
      if (length + bytes > LINE) {
        out.print(CRLF + " ");
        length = 1;
      }
      out.print(Character.toString(character));
      length += bytes;
      i += Character.charCount(character);
    }
    out.print(CRLF);
  }
}
