package io.opsautomator.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskFile;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the properties of a {@code Custom::TaskConfig} as a task file's task. */
final class TaskProperties {
  private static final JsonMapper JSON = new JsonMapper();

  /** Said to CloudFormation or to the function; the original's {@code Timeout} was such a one. */
  private static final List<String> NOT_THE_TASKS =
      List.of("ServiceToken", "ServiceTimeout", "Timeout", "StackId");

  private TaskProperties() {}

  /** {@code problems} say why there is no task. */
  record Read(Optional<Task> task, String problems) {}

  static Read read(JsonNode properties) {
    JsonNode given = withoutEmpty(properties);
    if (!(given instanceof ObjectNode task)) {
      return new Read(
          Optional.empty(), "the resource has no properties; Name and Action are needed");
    }
    task.remove(NOT_THE_TASKS);
    ObjectNode file = JSON.createObjectNode();
    file.putArray("tasks").add(task);
    TaskFile.Parsed parsed = TaskFile.parse("stack.json", file.toString());
    if (!parsed.valid() || parsed.tasks().size() != 1) {
      return new Read(
          Optional.empty(),
          parsed.problems().stream()
              .map(it -> it.field().replace("tasks[0].", "") + ": " + firstLine(it.message()))
              .collect(Collectors.joining("; ")));
    }
    return new Read(Optional.of(parsed.tasks().get(0).task()), "");
  }

  /** The others point at a place in the one above them. */
  private static String firstLine(String message) {
    return message.lines().findFirst().orElse(message);
  }

  /** What a form leaves empty comes as an empty text, or as a list of one. */
  private static JsonNode withoutEmpty(JsonNode node) {
    if (node.isArray()) {
      ArrayNode left = JSON.createArrayNode();
      node.forEach(it -> left.add(withoutEmpty(it)));
      left.removeIf(TaskProperties::isEmpty);
      return left;
    }
    if (node.isObject()) {
      ObjectNode left = JSON.createObjectNode();
      node.properties().forEach(it -> left.set(it.getKey(), withoutEmpty(it.getValue())));
      left.removeIf(TaskProperties::isEmpty);
      return left;
    }
    return node;
  }

  private static boolean isEmpty(JsonNode node) {
    return node.isNull()
        || node.isTextual() && node.asText().isBlank()
        || node.isContainerNode() && node.isEmpty();
  }
}
