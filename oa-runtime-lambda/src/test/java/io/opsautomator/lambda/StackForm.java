package io.opsautomator.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.opsautomator.templategen.cloudformation.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A template as somebody has filled it in: what CloudFormation sends to the function. Numbers and
 * switches are texts then, and what was left empty is an empty text, or a list of one.
 */
record StackForm(JsonNode template, String stack, Map<String, String> given) {
  static StackForm of(Template template, String stack, Map<String, String> given) {
    try {
      return new StackForm(new JsonMapper().readTree(template.json()), stack, given);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a template is no JSON", e);
    }
  }

  JsonNode properties() {
    return evaluate(template.at("/Resources/Task/Properties")).orElseThrow();
  }

  /** The parameters that were not filled in. */
  List<String> leftOut() {
    List<String> names = new ArrayList<>();
    template.path("Parameters").fieldNames().forEachRemaining(names::add);
    names.removeAll(given.keySet());
    return names;
  }

  /** Empty for what is no value. */
  private Optional<JsonNode> evaluate(JsonNode node) {
    if (node.isArray()) {
      ArrayNode all = new JsonMapper().createArrayNode();
      node.forEach(it -> evaluate(it).ifPresent(all::add));
      return Optional.of(all);
    }
    if (!node.isObject()) {
      return Optional.of(text(node.asText()));
    }
    String first = node.isEmpty() ? "" : node.fieldNames().next();
    if (first.equals("Ref") || first.startsWith("Fn::")) {
      return call(first, node.path(first));
    }
    ObjectNode all = new JsonMapper().createObjectNode();
    node.properties()
        .forEach(it -> evaluate(it.getValue()).ifPresent(value -> all.set(it.getKey(), value)));
    return Optional.of(all);
  }

  private Optional<JsonNode> call(String function, JsonNode argument) {
    return switch (function) {
      case "Ref" -> ref(argument.asText());
      case "Fn::ImportValue" -> Optional.of(text("arn:aws:lambda:eu-west-1:111122223333:function"));
      case "Fn::If" -> evaluate(argument.path(holds(argument.path(0).asText()) ? 1 : 2));
      default -> throw new IllegalArgumentException("this form knows no " + function);
    };
  }

  private Optional<JsonNode> ref(String id) {
    return switch (id) {
      case "AWS::NoValue" -> Optional.empty();
      case "AWS::StackName" -> Optional.of(text(stack));
      case "AWS::StackId" ->
          Optional.of(text("arn:aws:cloudformation:eu-west-1:111122223333:stack/" + stack + "/1"));
      default -> Optional.of(parameter(id));
    };
  }

  private JsonNode parameter(String id) {
    JsonNode form = template.path("Parameters").path(id);
    String value = given.getOrDefault(id, form.path("Default").asText());
    if (!form.path("Type").asText().equals("CommaDelimitedList")) {
      return text(value);
    }
    ArrayNode list = new JsonMapper().createArrayNode();
    List.of(value.split(",", -1)).forEach(one -> list.add(one.strip()));
    return list;
  }

  /** The conditions of task templates: whether a list was filled in. */
  private boolean holds(String condition) {
    JsonNode list = template.at("/Conditions/" + condition + "/Fn::Not/0/Fn::Equals/0/Fn::Join/1");
    return !parameter(list.path("Ref").asText()).equals(new JsonMapper().createArrayNode().add(""));
  }

  private static TextNode text(String value) {
    return TextNode.valueOf(value);
  }
}
