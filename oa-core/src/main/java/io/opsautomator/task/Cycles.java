package io.opsautomator.task;

import io.opsautomator.action.ParameterSchema.Violation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds tasks that follow one another in a circle: once one of them had run, they would run for
 * ever.
 */
public final class Cycles {
  private Cycles() {}

  /**
   * A shortest circle that the task is on.
   *
   * @param followed the tasks that one follows, by name; none for one that does not exist
   * @return in the order in which they would run, beginning and ending with the task; empty if
   *     there is none
   */
  static List<TaskName> through(TaskName task, Function<TaskName, List<TaskName>> followed) {
    Map<TaskName, TaskName> next = new HashMap<>();
    Deque<TaskName> toSee = new ArrayDeque<>(List.of(task));
    while (!toSee.isEmpty()) {
      TaskName seen = toSee.remove();
      for (TaskName before : followed.apply(seen)) {
        if (next.putIfAbsent(before, seen) == null) {
          if (before.equals(task)) {
            return circle(task, next);
          }
          toSee.add(before);
        }
      }
    }
    return List.of();
  }

  private static List<TaskName> circle(TaskName task, Map<TaskName, TaskName> next) {
    Deque<TaskName> path = new ArrayDeque<>(List.of(task));
    Optional<TaskName> at = Optional.ofNullable(next.get(task));
    while (at.isPresent() && !at.get().equals(task)) {
      path.add(at.get());
      at = Optional.ofNullable(next.get(at.get()));
    }
    path.add(task);
    return List.copyOf(path);
  }

  /**
   * What is wrong with a task that would be on a circle; empty if nothing is.
   *
   * @param others the tasks that any other one follows
   */
  public static Optional<Violation> check(Task task, Function<TaskName, List<TaskName>> others) {
    List<TaskName> circle =
        through(
            task.name(), name -> name.equals(task.name()) ? followed(task) : others.apply(name));
    return circle.isEmpty()
        ? Optional.empty()
        : Optional.of(new Violation("ERR_TASK_CYCLE", "after", words(circle)));
  }

  /** What a task follows. */
  public static List<TaskName> followed(Task task) {
    return task.flow().after().stream().map(After::task).toList();
  }

  private static String words(List<TaskName> circle) {
    return "tasks would follow one another for ever: "
        + circle.stream().map(TaskName::value).collect(Collectors.joining(", then "))
        + "; take one 'after' out";
  }
}
