package io.opsautomator.task;

import io.opsautomator.action.ParameterSchema.Violation;
import io.opsautomator.internal.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How the tasks of a file hang together. Immutable. */
final class FlowCheck {
  private final Map<TaskName, Task> tasks;

  FlowCheck(List<Task> tasks) {
    this.tasks = tasks.stream().collect(Collectors.toMap(Task::name, task -> task, (a, b) -> a));
  }

  Optional<Violation> circle(Task task) {
    return Cycles.check(
        task, name -> Optional.ofNullable(tasks.get(name)).map(Cycles::followed).orElse(List.of()));
  }

  /** What it follows may be in another file, or in the store. */
  List<Violation> unknown(Task task) {
    List<String> names = tasks.keySet().stream().map(TaskName::value).sorted().toList();
    return Cycles.followed(task).stream()
        .filter(name -> !tasks.containsKey(name))
        .map(name -> unknown(name.value(), names))
        .toList();
  }

  private static Violation unknown(String name, List<String> names) {
    return new Violation(
        "WARN_TASK",
        "after",
        "'"
            + name
            + "' is no task of this file, so it has to be stored by another"
            + Nearest.hint(name, names));
  }
}
