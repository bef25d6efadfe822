package io.opsautomator.templategen;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;

/** As much of JSON Schema as our schemas use. */
final class SchemaReader {
  private final JsonNode root;

  SchemaReader(JsonNode root) {
    this.root = root;
  }

  boolean takes(JsonNode value) {
    return takes(root, value);
  }

  private boolean takes(JsonNode schema, JsonNode value) {
    return schema.properties().stream()
        .allMatch(rule -> takes(schema, rule.getKey(), rule.getValue(), value));
  }

  private boolean takes(JsonNode schema, String keyword, JsonNode rule, JsonNode value) {
    return switch (keyword) {
      case "$ref" -> takes(root.at(rule.asText().substring(1)), value);
      case "type" -> elements(rule).anyMatch(type -> isOf(type.asText(), value));
      case "enum" -> rule.valueStream().anyMatch(value::equals);
      case "const" -> rule.equals(value);
      case "pattern" -> !value.isTextual() || value.asText().matches(".*(" + rule.asText() + ").*");
      case "minimum" -> !value.isNumber() || value.asDouble() >= rule.asDouble();
      case "maximum" -> !value.isNumber() || value.asDouble() <= rule.asDouble();
      case "minLength" -> !value.isTextual() || value.asText().length() >= rule.asInt();
      case "maxLength" -> !value.isTextual() || value.asText().length() <= rule.asInt();
      case "items" -> !value.isArray() || value.valueStream().allMatch(it -> takes(rule, it));
      case "required" ->
          !value.isObject() || rule.valueStream().allMatch(it -> value.has(it.asText()));
      case "properties" ->
          rule.properties().stream()
              .allMatch(
                  it -> !value.has(it.getKey()) || takes(it.getValue(), value.get(it.getKey())));
      case "additionalProperties" ->
          !value.isObject()
              || value.properties().stream()
                  .allMatch(it -> schema.get("properties").has(it.getKey()));
      case "allOf" -> rule.valueStream().allMatch(it -> takes(it, value));
      case "anyOf" -> rule.valueStream().anyMatch(it -> takes(it, value));
      case "if" -> !takes(rule, value) || takes(schema.get("then"), value);
      case "then", "title", "description", "default", "$schema", "$defs" -> true;
      default -> throw new IllegalArgumentException("a keyword that nobody reads: " + keyword);
    };
  }

  private static Stream<JsonNode> elements(JsonNode one) {
    return one.isArray() ? one.valueStream() : Stream.of(one);
  }

  private static boolean isOf(String type, JsonNode value) {
    return switch (type) {
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "array" -> value.isArray();
      case "object" -> value.isObject();
      default -> throw new IllegalArgumentException("a type that nobody knows: " + type);
    };
  }
}
