package io.opsautomator.internal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The words that mean yes and no wherever a user writes one. */
public final class Booleans {
  public static final List<String> TRUE = List.of("true", "yes", "enabled", "on", "1");
  public static final List<String> FALSE = List.of("false", "no", "disabled", "off", "0");

  private Booleans() {}

  /** Reads a native boolean, or what reads as one of the words in any case. */
  public static Optional<Boolean> read(Object raw) {
    String word = raw.toString().trim().toLowerCase(Locale.ROOT);
    if (TRUE.contains(word)) {
      return Optional.of(true);
    }
    return FALSE.contains(word) ? Optional.of(false) : Optional.empty();
  }

  /** What is allowed, for messages. */
  public static String allowed() {
    return String.join(", ", TRUE) + " or " + String.join(", ", FALSE);
  }
}
