package io.opsautomator.task;

/** The name a user gave a task, unique in a deployment. Immutable. */
public record TaskName(String value) {
  public TaskName {
    if (!value.matches("[A-Za-z0-9][A-Za-z0-9 ._-]{0,127}")) {
      throw new IllegalArgumentException("not a task name: '" + value + "'");
    }
  }
}
