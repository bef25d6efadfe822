package io.opsautomator.task;

import io.opsautomator.internal.Nearest;
import io.opsautomator.resource.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The regions there are, from {@code regions.txt}: a task must not wait at night for a typing slip.
 */
final class KnownRegions {
  private static final List<String> ALL = load();

  private KnownRegions() {}

  /** Throws IllegalArgumentException naming the nearest region. */
  static Scope.Region check(String name) {
    String region = name.trim().toLowerCase(Locale.ROOT);
    if (!ALL.contains(region)) {
      throw new IllegalArgumentException(
          "'" + name + "' is not a known region" + Nearest.hint(region, ALL));
    }
    return new Scope.Region(region);
  }

  private static List<String> load() {
    try (InputStream in = KnownRegions.class.getResourceAsStream("regions.txt")) {
      if (in == null) {
        throw new IllegalStateException("regions.txt is missing beside " + KnownRegions.class);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("regions.txt cannot be read", e);
    }
  }
}
