package io.opsautomator.fuzz;

import java.util.LinkedHashMap;
import java.util.Map;

/** An input whose first line is an expression and whose others are tags, {@code name=value}. */
record Tagged(String expression, Map<String, String> tags) {
  static Tagged of(String input) {
    String[] lines = input.split("\n", 12);
    Map<String, String> tags = new LinkedHashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int equals = lines[i].indexOf('=');
      if (equals > 0) {
        tags.put(lines[i].substring(0, equals), lines[i].substring(equals + 1));
      }
    }
    return new Tagged(lines[0], tags);
  }

  Map<String, String> without(String name) {
    Map<String, String> fewer = new LinkedHashMap<>(tags);
    fewer.remove(name);
    return fewer;
  }
}
