package io.opsautomator.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers, times and states as people read them. Immutable. */
record Words(ZoneId zone) {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("EEE d MMM HH:mm:ss", Locale.ENGLISH);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);

  /** {@code UTC} by whichever of its names; other zones by their own. */
  static String name(ZoneId zone) {
    return zone.normalized().equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
  }

  String moment(Instant at) {
    return MOMENT.format(at.atZone(zone));
  }

  String minute(Instant at) {
    return MINUTE.format(at.atZone(zone));
  }

  String date(Instant at) {
    return DATE.format(at.atZone(zone));
  }

  String time(Instant at) {
    return TIME.format(at.atZone(zone));
  }

  static String number(long count) {
    return String.format(Locale.ENGLISH, "%,d", count);
  }

  /** {@code 1 run}, {@code 2,000 runs}. */
  static String counted(long count, String noun) {
    return number(count) + " " + noun + (count == 1 ? "" : "s");
  }

  /** The two largest units of it. */
  static String took(Duration time) {
    if (time.compareTo(Duration.ofMinutes(1)) < 0) {
      return time.toMillis() % 1000 == 0
          ? time.toSeconds() + " s"
          : String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
    if (time.compareTo(Duration.ofHours(1)) < 0) {
      return two(time.toMinutes(), "min", time.toSecondsPart(), "s");
    }
    return time.compareTo(Duration.ofDays(1)) < 0
        ? two(time.toHours(), "h", time.toMinutesPart(), "min")
        : two(time.toDays(), "d", time.toHoursPart(), "h");
  }

  private static String two(long large, String unit, int small, String smaller) {
    return large + " " + unit + (small == 0 ? "" : " " + small + " " + smaller);
  }

  /** {@code NOT_STARTED} as {@code not started}. */
  static String state(Enum<?> state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** At most so many characters, with an ellipsis for what is left out. */
  static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end).stripTrailing() + "…";
  }

  /** A share in percent that says 100 only of all, and 0 only of none. */
  static String share(long part, long all) {
    if (all == 0) {
      return "–";
    }
    double percent = 100.0 * part / all;
    if (part < all && percent > 99.9) {
      percent = 99.9;
    }
    if (part > 0 && percent < 0.1) {
      return "<0.1 %";
    }
    return String.format(
        Locale.ROOT, percent == Math.rint(percent) ? "%.0f %%" : "%.1f %%", percent);
  }
}
