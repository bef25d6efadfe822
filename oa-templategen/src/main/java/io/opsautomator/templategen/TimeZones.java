package io.opsautomator.templategen;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The names of time zones, from {@code timezones.txt}. Not from the Java that runs: templates would
 * differ from one to the next.
 */
final class TimeZones {
  private static final List<String> ALL = load();

  private TimeZones() {}

  static List<String> names() {
    return ALL;
  }

  private static List<String> load() {
    try (InputStream in = TimeZones.class.getResourceAsStream("timezones.txt")) {
      if (in == null) {
        throw new IllegalStateException("timezones.txt is missing beside " + TimeZones.class);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("timezones.txt cannot be read", e);
    }
  }
}
