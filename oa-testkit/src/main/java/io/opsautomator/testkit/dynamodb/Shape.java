package io.opsautomator.testkit.dynamodb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;

/**
 * The key attributes of a table or an index.
 *
 * @param types S, N or B of each of them
 */
record Shape(String hash, Optional<String> range, Map<String, String> types) {
  private static final int LONGEST_HASH = 2048;
  private static final int LONGEST_RANGE = 1024;

  static Shape of(List<KeySchemaElement> schema, List<AttributeDefinition> definitions) {
    Map<String, String> types = new LinkedHashMap<>();
    for (KeySchemaElement element : schema) {
      String name = element.attributeName();
      types.put(
          name,
          definitions.stream()
              .filter(one -> one.attributeName().equals(name))
              .map(AttributeDefinition::attributeTypeAsString)
              .findFirst()
              .orElseThrow(() -> Refusals.validation("No attribute definition of key " + name)));
    }
    String hash =
        named(schema, KeyType.HASH)
            .orElseThrow(() -> Refusals.validation("No hash key in " + schema));
    return new Shape(hash, named(schema, KeyType.RANGE), types);
  }

  private static Optional<String> named(List<KeySchemaElement> schema, KeyType type) {
    return schema.stream()
        .filter(element -> element.keyType() == type)
        .map(KeySchemaElement::attributeName)
        .findFirst();
  }

  List<String> names() {
    List<String> all = new ArrayList<>(List.of(hash));
    range.ifPresent(all::add);
    return all;
  }

  /** The hash value of an item that has one. */
  AttributeValue hashOf(Map<String, AttributeValue> item) {
    return Objects.requireNonNull(item.get(hash), hash);
  }

  /** The key of an item that has all key attributes. */
  Key key(Map<String, AttributeValue> item) {
    return new Key(hashOf(item), range.map(item::get).orElse(null));
  }

  Map<String, AttributeValue> attributes(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> key = new LinkedHashMap<>();
    names().forEach(name -> key.put(name, item.get(name)));
    return key;
  }

  /** Of a request that names an item by its key attributes, and nothing else. */
  Key checkedKey(Map<String, AttributeValue> key) {
    if (!key.keySet().equals(types.keySet())) {
      throw Refusals.validation(
          "The provided key element does not match the schema: " + key.keySet());
    }
    return key(checkedItem(key));
  }

  /** An item to be stored: its key attributes are there, of their type and not empty. */
  Map<String, AttributeValue> checkedItem(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> checked = Values.checked(item);
    checkAll(checked);
    return checked;
  }

  /** Of an index: what the item has of its key attributes. */
  void checkPresent(Map<String, AttributeValue> item) {
    for (String name : names()) {
      @Nullable AttributeValue value = item.get(name);
      if (value != null) {
        checkMember(name, value);
      }
    }
  }

  /** That all of them are there, and of their type. */
  void checkAll(Map<String, AttributeValue> checked) {
    for (String name : names()) {
      AttributeValue value = checked.get(name);
      if (value == null) {
        throw Refusals.validation(
            "One or more parameter values were invalid: Missing the key " + name + " in the item");
      }
      checkMember(name, value);
    }
  }

  void checkMember(String name, AttributeValue value) {
    String type = String.valueOf(types.get(name));
    if (!Values.is(value, type)) {
      throw Refusals.validation(
          "One or more parameter values were invalid: Type mismatch for key "
              + (name + " expected: " + type + " actual: " + Values.type(value)));
    }
    int size = Values.size(Map.of("", value));
    if (size == 0) {
      throw Refusals.validation(
          "One or more parameter values are not valid. The AttributeValue for a key attribute cannot"
              + " contain an empty string or binary value. Key: "
              + name);
    }
    if (size > (name.equals(hash) ? LONGEST_HASH : LONGEST_RANGE)) {
      throw Refusals.validation("One or more parameter values were invalid: key too long: " + name);
    }
  }
}
