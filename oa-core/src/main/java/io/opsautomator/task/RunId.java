package io.opsautomator.task;

/**
 * Names a run. A function of task, incarnation and trigger, so that triggering twice gives one run.
 * Immutable.
 *
 * @param value 26 letters and digits
 */
public record RunId(String value) {
  /** {@code incarnation} tells a task apart from an earlier one of the same name. */
  public static RunId of(TaskName task, String incarnation, Trigger trigger) {
    return new RunId(Ids.derive("run", task.value(), incarnation, trigger.key()));
  }
}
