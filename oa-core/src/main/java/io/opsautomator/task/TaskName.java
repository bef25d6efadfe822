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
}
