package io.opsautomator.text;

import static java.util.Map.entry;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The placeholders that say when. Names of months, days and zones are English everywhere. */
final class TimePlaceholders {
  private static final Map<String, DateTimeFormatter> FORMATS =
      Map.ofEntries(
          entry("date", format("yyyyMMdd")),
          entry("time", format("HHmmss")),
          entry("datetime", format("yyyyMMddHHmmss")),
          entry("iso-date", format("yyyy-MM-dd")),
          entry("iso-time", format("HH:mm:ss")),
          entry("iso-datetime", format("yyyy-MM-dd'T'HH:mm:ssxxx")),
          entry("year", format("yyyy")),
          entry("month", format("MM")),
          entry("day", format("dd")),
          entry("hour", format("HH")),
          entry("minute", format("mm")),
          entry("second", format("ss")),
          entry("monthname", format("MMM")),
          entry("monthname-long", format("MMMM")),
          entry("weekday", format("EEE")),
          entry("weekday-long", format("EEEE")),
          entry("timezone", format("zzz")));

  private TimePlaceholders() {}

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }

  static Optional<String> value(String name, ZonedDateTime time) {
    if (name.equals("iso-weekday")) {
      return Optional.of(Integer.toString(time.getDayOfWeek().getValue()));
    }
    if (name.equals("timezone") && time.getZone().equals(ZoneOffset.UTC)) {
      return Optional.of("UTC");
    }
    return Optional.ofNullable(FORMATS.get(name)).map(time::format);
  }
}
