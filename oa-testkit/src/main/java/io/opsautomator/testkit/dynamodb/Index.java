package io.opsautomator.testkit.dynamodb;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;

/** A global secondary index: sparse, of whatever items have its key attributes. */
final class Index {
  private final GlobalSecondaryIndex definition;
  private final Shape shape;
  private final Shape base;
  private final boolean whole;
  private final Set<String> projected;
  final Partitions partitions = new Partitions();

  Index(GlobalSecondaryIndex definition, List<AttributeDefinition> attributes, Shape base) {
    this.definition = definition;
    this.shape = Shape.of(definition.keySchema(), attributes);
    this.base = base;
    this.whole = definition.projection().projectionType() == ProjectionType.ALL;
    this.projected = new HashSet<>(shape.names());
    projected.addAll(base.names());
    projected.addAll(definition.projection().nonKeyAttributes());
  }

  String name() {
    return definition.indexName();
  }

  GlobalSecondaryIndex definition() {
    return definition;
  }

  Shape shape() {
    return shape;
  }

  /** Whether the index shows all attributes of an item. */
  boolean whole() {
    return whole;
  }

  boolean shows(String attribute) {
    return whole || projected.contains(attribute);
  }

  /** What the index holds of an item; nothing if the item is not in it. */
  Optional<Map<String, AttributeValue>> entry(Map<String, AttributeValue> item) {
    if (!item.keySet().containsAll(shape.types().keySet())) {
      return Optional.empty();
    }
    if (whole) {
      return Optional.of(item);
    }
    Map<String, AttributeValue> some = new LinkedHashMap<>(item);
    some.keySet().retainAll(projected);
    return Optional.of(some);
  }

  Position position(Map<String, AttributeValue> entry) {
    return new Position(shape.key(entry).range(), base.key(entry));
  }

  void replace(
      Optional<Map<String, AttributeValue>> before, Optional<Map<String, AttributeValue>> after) {
    before
        .flatMap(this::entry)
        .ifPresent(entry -> partitions.remove(shape.hashOf(entry), position(entry)));
    after
        .flatMap(this::entry)
        .ifPresent(entry -> partitions.put(shape.hashOf(entry), position(entry), entry));
  }
}
