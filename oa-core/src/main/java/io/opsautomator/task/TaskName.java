package io.opsautomator.task;

import java.util.regex.Pattern;

/** The name a user gave a task, unique in a deployment. Immutable. */
public record TaskName(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,127}");

  public TaskName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a task name: '" + value + "'");
    }
  }

  /** Throws IllegalArgumentException saying what is allowed. */
  static TaskName checked(String name) {
    try {
      return new TaskName(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' is not a task name: 1 to 128 letters, digits, blanks and ._-, the first a"
              + " letter or digit",
          e);
    }
  }
}
