package io.opsautomator.task;

import io.opsautomator.task.TaskFile.Position;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Where the fields of one task stand in its file, by the names a validator uses. Immutable. */
public final class FieldPositions {
  private final Position task;
  private final Map<String, Position> fields;

  FieldPositions(Position task, Map<String, Position> fields) {
    this.task = task;
    Map<String, Position> normal = new HashMap<>();
    fields.forEach((field, position) -> normal.put(normalized(field), position));
    this.fields = Map.copyOf(normal);
  }

  /** The position of a field such as {@code parameters.Types[1]}, or else of what is around it. */
  public Position of(String field) {
    String path = normalized(field);
    while (!path.isEmpty() && !fields.containsKey(path)) {
      path = path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }
    return fields.getOrDefault(path, task);
  }

  /** Parameters may be spelt in several ways. */
  private static String normalized(String field) {
    return field.toLowerCase(Locale.ROOT).replace("_", "");
  }
}
