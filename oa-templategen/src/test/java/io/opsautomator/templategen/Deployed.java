package io.opsautomator.templategen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opsautomator.action.ActionCatalog;
import io.opsautomator.task.TaskFile;
import io.opsautomator.task.TaskValidator;
import io.opsautomator.templategen.cloudformation.Template;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A task template with values for its parameters, as CloudFormation would read it: whether it lets
 * the values pass, and what it makes of the task.
 */
final class Deployed {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Object NOTHING = new Object();

  private final JsonNode template;
  private final Map<String, String> given;

  Deployed(Template template, Map<String, String> given) {
    this.template = read(template.json());
    this.given = new TreeMap<>(given);
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Why CloudFormation would refuse the values; empty if it would not. */
  List<String> refusals() {
    List<String> wrong = new ArrayList<>();
    template
        .get("Parameters")
        .properties()
        .forEach(entry -> refusal(entry.getKey(), entry.getValue()).ifPresent(wrong::add));
    return wrong;
  }

  private Optional<String> refusal(String id, JsonNode parameter) {
    if (!given.containsKey(id) && !parameter.has("Default")) {
      return Optional.of(id + " must have a value");
    }
    boolean list = parameter.get("Type").asText().equals("CommaDelimitedList");
    String value = value(id);
    for (String one : list ? Arrays.asList(value.split(",", -1)) : List.of(value)) {
      if (!passes(parameter, one.strip())) {
        return Optional.of(id + " does not take '" + one + "'");
      }
    }
    return Optional.empty();
  }

  private static boolean passes(JsonNode parameter, String value) {
    if (parameter.has("AllowedValues")) {
      return parameter.get("AllowedValues").valueStream().anyMatch(it -> it.asText().equals(value));
    }
    if (parameter.get("Type").asText().equals("Number")) {
      return value.matches("-?[0-9.]+") && within(parameter, "Value", new BigDecimal(value));
    }
    return within(parameter, "Length", BigDecimal.valueOf(value.length()))
        && (!parameter.has("AllowedPattern")
            || value.matches(parameter.get("AllowedPattern").asText()));
  }

  private static boolean within(JsonNode parameter, String what, BigDecimal size) {
    return (!parameter.has("Min" + what)
            || size.compareTo(parameter.get("Min" + what).decimalValue()) >= 0)
        && (!parameter.has("Max" + what)
            || size.compareTo(parameter.get("Max" + what).decimalValue()) <= 0);
  }

  private String value(String id) {
    return given.getOrDefault(id, template.at("/Parameters/" + id + "/Default").asText());
  }

  /** The task's properties, without what is CloudFormation's own. */
  @SuppressWarnings("unchecked") // an object, by the form of a template
  Map<String, Object> task() {
    Map<String, Object> task =
        (Map<String, Object>) evaluate(template.at("/Resources/Task/Properties"));
    task.remove("ServiceToken");
    task.remove("ServiceTimeout");
    return task;
  }

  /** What our own validator says of the task. */
  List<TaskFile.Problem> problems(ActionCatalog actions) throws java.io.IOException {
    String file = JSON.writeValueAsString(Map.of("tasks", List.of(task())));
    return TaskFile.parse("stack.json", file)
        .check(new TaskValidator(actions), Instant.EPOCH)
        .problems();
  }

  private Object evaluate(JsonNode node) {
    if (node.isArray()) {
      return node.valueStream().map(this::evaluate).filter(it -> it != NOTHING).toList();
    }
    if (!node.isObject()) {
      return node.asText();
    }
    if (node.size() == 1) {
      String function = node.fieldNames().next();
      if (function.equals("Ref") || function.startsWith("Fn::")) {
        return call(function, node.get(function));
      }
    }
    Map<String, Object> all = new LinkedHashMap<>();
    node.properties()
        .forEach(
            entry -> {
              Object value = evaluate(entry.getValue());
              if (value != NOTHING) {
                all.put(entry.getKey(), value);
              }
            });
    return all;
  }

  private Object call(String function, JsonNode argument) {
    return switch (function) {
      case "Ref" -> ref(argument.asText());
      case "Fn::If" -> evaluate(argument.get(holds(argument.get(0).asText()) ? 1 : 2));
      case "Fn::Join" -> String.join(argument.get(0).asText(), texts(argument.get(1)));
      case "Fn::Equals" -> evaluate(argument.get(0)).equals(evaluate(argument.get(1)));
      case "Fn::Not" -> !(boolean) evaluate(argument.get(0));
      case "Fn::ImportValue", "Fn::Sub" -> "imported";
      default -> throw new IllegalArgumentException(function);
    };
  }

  private boolean holds(String condition) {
    return (boolean) evaluate(template.at("/Conditions/" + condition));
  }

  private List<String> texts(JsonNode list) {
    return ((List<?>) evaluate(list)).stream().map(Object::toString).toList();
  }

  private Object ref(String id) {
    if (id.equals("AWS::NoValue")) {
      return NOTHING;
    }
    if (id.startsWith("AWS::")) {
      return "my-" + id.substring(5);
    }
    boolean list = template.at("/Parameters/" + id + "/Type").asText().equals("CommaDelimitedList");
    return list ? Arrays.stream(value(id).split(",", -1)).map(String::strip).toList() : value(id);
  }
}
