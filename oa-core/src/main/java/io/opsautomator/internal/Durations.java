package io.opsautomator.internal;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a user writes a length of time: minutes, {@code 30s}, {@code 90m}, {@code 24h}, {@code 7d} or
 * ISO 8601.
 */
public final class Durations {
  private static final Pattern SHORT = Pattern.compile("([0-9]{1,9})([smhd]?)");

  private Durations() {}

  /**
   * Blanks around it do not matter.
   *
   * @throws IllegalArgumentException if it is no length of time, saying what is allowed in words
   *     that go on after the value
   */
  public static Duration read(String text) {
    Matcher written = SHORT.matcher(text.trim());
    if (written.matches()) {
      long count = Long.parseLong(written.group(1));
      return switch (written.group(2)) {
        case "s" -> Duration.ofSeconds(count);
        case "d" -> Duration.ofDays(count);
        case "h" -> Duration.ofHours(count);
        default -> Duration.ofMinutes(count);
      };
    }
    try {
      return Duration.parse(text.trim());
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "is neither a whole number of minutes nor a duration such as 30s, 90m, 24h, 7d or PT1H30M",
          e);
    }
  }
}
