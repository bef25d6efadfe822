package io.opsautomator.task;

/** A function of task and trigger, so that triggering twice gives one run. Immutable. */
public record RunId(String value) {
  public static RunId of(TaskName task, Trigger trigger) {
    return new RunId(task.value() + "/" + trigger.key());
  }
}
