package io.opsautomator.aws.dynamodb;

import io.opsautomator.store.StoreException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the attributes of a stored item; what is missing or of another type is told by name. */
record Row(Map<String, AttributeValue> attributes) {

  boolean has(String name) {
    return attributes.containsKey(name);
  }

  AttributeValue value(String name) {
    return optional(name)
        .orElseThrow(
            () -> new StoreException("stored item " + key() + " has no attribute '" + name + "'"));
  }

  private Optional<AttributeValue> optional(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  Key key() {
    return new Key(
        optional(Shape.PK).map(AttributeValue::s).orElse("?"),
        optional(Shape.SK).map(AttributeValue::s).orElse("?"));
  }

  String text(String name) {
    return typed(name, value(name).s());
  }

  Optional<String> maybeText(String name) {
    return has(name) ? Optional.of(text(name)) : Optional.empty();
  }

  long number(String name) {
    return Long.parseLong(typed(name, value(name).n()));
  }

  int count(String name) {
    return Math.toIntExact(number(name));
  }

  int countOrZero(String name) {
    return has(name) ? count(name) : 0;
  }

  boolean flag(String name) {
    return has(name) && Boolean.TRUE.equals(value(name).bool());
  }

  List<AttributeValue> list(String name) {
    return optional(name).map(AttributeValue::l).orElse(List.of());
  }

  Map<String, AttributeValue> map(String name) {
    return optional(name).map(AttributeValue::m).orElse(Map.of());
  }

  Optional<Row> part(String name) {
    return optional(name).map(it -> new Row(it.m()));
  }

  Set<Integer> numbers(String name) {
    Set<Integer> found = new HashSet<>();
    optional(name)
        .map(AttributeValue::ns)
        .orElse(List.of())
        .forEach(n -> found.add(Integer.valueOf(n)));
    return found;
  }

  private <T> T typed(String name, T value) {
    return Optional.ofNullable(value)
        .orElseThrow(
            () ->
                new StoreException(
                    "attribute '" + name + "' of stored item " + key() + " has another type"));
  }
}
