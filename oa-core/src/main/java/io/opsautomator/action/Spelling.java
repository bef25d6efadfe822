package io.opsautomator.action;

import java.util.Locale;
import java.util.Set;

/** The ways to spell a wire name. */
final class Spelling {
  private Spelling() {}

  /** {@code retentionCount} becomes {@code RetentionCount}. */
  static String upperCamel(String component) {
    return Character.toUpperCase(component.charAt(0)) + component.substring(1);
  }

  /** {@code RetentionCount}, {@code retentionCount} and {@code retention_count}. */
  static Set<String> of(String wireName) {
    String lower = Character.toLowerCase(wireName.charAt(0)) + wireName.substring(1);
    String snake = lower.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    return lower.equals(snake) ? Set.of(wireName, lower) : Set.of(wireName, lower, snake);
  }
}
