package io.opsautomator.lambda;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.ActionException;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody asks of a function directly, as Ops Automator's command line does: {@code
 * {"source": "ops-automator.cli", "action": "start-task", "parameters": {"name": "nightly"}}}. What
 * is wrong with the question is an answer, {@code {"Error": ...}}; what fails is thrown.
 */
record DirectHandling(OpsAutomator ops) {
  static final List<String> ACTIONS = List.of("describe-tasks", "start-task");

  /**
   * @param request names this invocation; the platform repeats it when it repeats the invocation
   */
  Map<String, Object> handle(Event.Direct event, String request) {
    try {
      return switch (event.action()) {
        case "describe-tasks" -> describe(parameter(event, "name"));
        case "start-task" -> start(event, request);
        default ->
            error(
                "there is no action '"
                    + event.action()
                    + "'; there are tick, "
                    + String.join(", ", ACTIONS));
      };
    } catch (ActionException | IllegalArgumentException e) {
      return error("" + e.getMessage());
    }
  }

  private Map<String, Object> describe(Optional<String> name) {
    List<Task> tasks =
        ops.tasks().stream()
            .filter(task -> name.isEmpty() || task.name().value().equals(name.get()))
            .toList();
    if (tasks.isEmpty() && name.isPresent()) {
      return error("there is no task " + name.get());
    }
    return Map.of("Tasks", tasks.stream().map(this::row).toList());
  }

  private Map<String, Object> row(Task task) {
    Task shown =
        ops.actions()
            .find(task.work().action())
            .map(action -> task.masked(action.metadata().parameters()))
            .orElse(task);
    Map<String, Object> row = TaskRow.of(shown);
    row.put("Paused", ops.paused(task.name()));
    return row;
  }

  /** The same group gives the same run, and so does an invocation that is repeated. */
  private Map<String, Object> start(Event.Direct event, String request) {
    Optional<String> name = parameter(event, "name");
    if (name.isEmpty()) {
      return error("the parameter 'name' is missing: which task is to be started");
    }
    String group = parameter(event, "task_group").orElse(request);
    RunId run = ops.run(new TaskName(name.get()), group);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("Name", name.get());
    answer.put("TaskGroup", group);
    answer.put("Run", run.value());
    return answer;
  }

  private static Optional<String> parameter(Event.Direct event, String name) {
    return Optional.ofNullable(event.parameters().get(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  private static Map<String, Object> error(String text) {
    return Map.of("Error", text);
  }
}
