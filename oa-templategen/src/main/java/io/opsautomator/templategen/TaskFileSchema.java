package io.opsautomator.templategen;

import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.ParameterSchema.Field;
import io.opsautomator.templategen.cloudformation.Documents;
import io.opsautomator.templategen.cloudformation.Fields;
import io.opsautomator.templategen.cloudformation.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A JSON Schema (2020-12) of task files, for editors: what may stand where, and what it means.
 *
 * <p>It knows one spelling of each name, the documented one; {@link io.opsautomator.task.TaskFile}
 * reads some others, too. What it cannot say - grammars, rules between fields - {@code oa validate}
 * does.
 */
public final class TaskFileSchema {
  private TaskFileSchema() {}

  /** Of files whose tasks have these actions. */
  public static String json(Collection<? extends ActionMetadata<?>> actions) {
    List<? extends ActionMetadata<?>> sorted =
        actions.stream().sorted(Comparator.comparing(ActionMetadata::name)).toList();
    Fields definitions = Value.fields().with("task", task(sorted));
    for (ActionMetadata<?> action : sorted) {
      definitions = definitions.with(action.name(), parameters(action));
    }
    Fields tasks =
        Value.fields()
            .with("type", "array")
            .with("items", Value.fields().with("$ref", "#/$defs/task"));
    return Documents.json(
        Value.fields()
            .with("$schema", "https://json-schema.org/draft/2020-12/schema")
            .with("title", "Task file of Ops Automator")
            .with("type", "object")
            .with("properties", Value.fields().with("tasks", tasks))
            .with("required", List.of("tasks"))
            .with("additionalProperties", false)
            .with("$defs", definitions));
  }

  private static Fields task(List<? extends ActionMetadata<?>> actions) {
    List<String> names = actions.stream().map(ActionMetadata::name).toList();
    Fields action = Value.fields().with("description", "What is done.").with("enum", names);
    return Value.fields()
        .with("type", "object")
        .with("properties", TaskFileFields.all().with("action", action))
        .with("required", List.of("name", "action"))
        .with("additionalProperties", false)
        .with("allOf", actions.stream().map(TaskFileSchema::choice).toList());
  }

  /** The parameters follow from the action. */
  private static Fields choice(ActionMetadata<?> action) {
    Fields chosen =
        Value.fields()
            .with(
                "properties",
                Value.fields().with("action", Value.fields().with("const", action.name())));
    Fields then =
        Value.fields()
            .with(
                "properties",
                Value.fields()
                    .with("parameters", Value.fields().with("$ref", "#/$defs/" + action.name())));
    boolean needed = action.parameters().fields().stream().anyMatch(it -> it.about().required());
    return Value.fields()
        .with("if", chosen)
        .with("then", needed ? then.with("required", List.of("parameters")) : then);
  }

  private static Fields parameters(ActionMetadata<?> action) {
    Fields properties = Value.fields();
    List<String> required = new ArrayList<>();
    for (Field field : action.parameters().fields()) {
      properties = properties.with(field.name(), FieldSchema.of(field));
      if (field.about().required()) {
        required.add(field.name());
      }
    }
    Fields all =
        Value.fields()
            .with("title", action.identity().title())
            .with("description", action.identity().description())
            .with("type", "object")
            .with("properties", properties)
            .with("additionalProperties", false);
    return required.isEmpty() ? all : all.with("required", required);
  }
}
