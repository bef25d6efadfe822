package io.opsautomator.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** From when to when, on the clock of a zone. Immutable; never empty. */
record Period(Instant from, Instant to, ZoneId zone) {
  private static final int TICKS = 8;
  private static final int[] HOURS = {1, 2, 3, 6, 12};
  private static final int[] DAYS = {1, 2, 7, 14, 28, 91, 182, 364, 3640};

  Period {
    if (!to.isAfter(from)) {
      to = from.plus(Duration.ofMinutes(1));
    }
  }

  /** A mark on its axis. */
  record Tick(Instant at, String label) {}

  Duration length() {
    return Duration.between(from, to);
  }

  boolean contains(Instant at) {
    return !at.isBefore(from) && !at.isAfter(to);
  }

  /** Whether it reaches into the minute that begins then. */
  boolean reaches(Instant minute) {
    return contains(minute) || minute.equals(from.truncatedTo(ChronoUnit.MINUTES));
  }

  /** Where in it an instant lies, from 0 to 100; what is outside is put at the edge. */
  double position(Instant at) {
    double all = length().toMillis();
    double part = Duration.between(from, at).toMillis();
    return Math.max(0, Math.min(100, 100 * part / all));
  }

  /** As SVG takes it. */
  String percent(Instant at) {
    return percent(position(at));
  }

  static String percent(double position) {
    return String.format(Locale.ROOT, "%.3f%%", position);
  }

  /** Full hours, or midnights, few enough that their labels have room. */
  List<Tick> ticks() {
    for (int hours : HOURS) {
      if (length().toHours() / hours < TICKS) {
        return ticks(
            start(hours), hours, ChronoUnit.HOURS, length().toHours() < 24 ? "HH:mm" : "EEE HH:mm");
      }
    }
    for (int days : DAYS) {
      if (length().toDays() / days < TICKS) {
        return ticks(
            start(24),
            days,
            ChronoUnit.DAYS,
            days < 7 ? "EEE d" : days < 91 ? "d MMM" : "MMM uuuu");
      }
    }
    return List.of();
  }

  private ZonedDateTime start(int hours) {
    ZonedDateTime first = from.atZone(zone).truncatedTo(ChronoUnit.DAYS);
    while (first.toInstant().isBefore(from)) {
      first = first.plusHours(hours);
    }
    return first;
  }

  private List<Tick> ticks(ZonedDateTime first, int step, ChronoUnit unit, String pattern) {
    DateTimeFormatter label = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    List<Tick> ticks = new ArrayList<>();
    for (ZonedDateTime at = first; !at.toInstant().isAfter(to); at = at.plus(step, unit)) {
      ticks.add(new Tick(at.toInstant(), label.format(at)));
    }
    return ticks;
  }
}
