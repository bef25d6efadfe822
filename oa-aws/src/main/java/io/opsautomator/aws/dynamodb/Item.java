package io.opsautomator.aws.dynamodb;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The attributes of an item in the making. What is absent or empty is left out. */
final class Item {
  private final Map<String, AttributeValue> attributes = new HashMap<>();

  static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  static AttributeValue flag(boolean value) {
    return AttributeValue.fromBool(value);
  }

  static AttributeValue bytes(byte[] value) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(value));
  }

  static AttributeValue list(List<AttributeValue> values) {
    return AttributeValue.fromL(values);
  }

  static AttributeValue numbers(Collection<Integer> values) {
    return AttributeValue.fromNs(values.stream().sorted().map(String::valueOf).toList());
  }

  static Item at(Key key) {
    return new Item().put(Shape.PK, key.pk()).put(Shape.SK, key.sk());
  }

  Item put(String name, AttributeValue value) {
    attributes.put(name, value);
    return this;
  }

  Item put(String name, String value) {
    return put(name, text(value));
  }

  Item put(String name, long value) {
    return put(name, number(value));
  }

  Item put(String name, Optional<String> value) {
    value.ifPresent(it -> put(name, it));
    return this;
  }

  Item flagged(String name, boolean value) {
    return value ? put(name, flag(true)) : this;
  }

  Item unlessZero(String name, long value) {
    return value == 0 ? this : put(name, value);
  }

  Item unlessEmpty(String name, Collection<Integer> values) {
    return values.isEmpty() ? this : put(name, numbers(values));
  }

  Map<String, AttributeValue> attributes() {
    return attributes;
  }

  AttributeValue asValue() {
    return AttributeValue.fromM(attributes);
  }
}
