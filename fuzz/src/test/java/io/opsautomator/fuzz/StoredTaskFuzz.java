package io.opsautomator.fuzz;

import static io.opsautomator.fuzz.Claims.claim;

import io.opsautomator.task.Task;
import io.opsautomator.task.TaskCodec;

/** A stored task: read, and then the same again and again; or refused. */
final class StoredTaskFuzz {
  private StoredTaskFuzz() {}

  static void check(String json) {
    Task task;
    try {
      task = TaskCodec.read(json);
    } catch (IllegalArgumentException e) {
      claim(String.valueOf(e.getMessage()).startsWith("A stored task "), "says " + e.getMessage());
      return;
    }
    String written = TaskCodec.write(task);
    Task again = TaskCodec.read(written);
    claim(again.equals(task), "does not read back: " + written);
    claim(TaskCodec.write(again).equals(written), "is written in two ways: " + written);
    claim(task.equals(again) && task.hashCode() == again.hashCode(), "another hash code");
  }
}
