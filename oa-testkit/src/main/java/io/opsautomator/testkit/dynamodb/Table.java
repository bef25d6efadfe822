package io.opsautomator.testkit.dynamodb;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;

/** One table: its items, its indexes, and what changed last. */
final class Table {
  private final CreateTableRequest definition;
  private final Shape shape;
  private final List<Index> indexes;
  private final Set<String> keyAttributes;
  private final Partitions partitions = new Partitions();
  private final Deque<Change> latest = new ArrayDeque<>();
  Optional<String> expiry = Optional.empty();
  boolean pointInTime;

  Table(CreateTableRequest definition) {
    this.definition = definition;
    this.shape = Shape.of(definition.keySchema(), definition.attributeDefinitions());
    this.indexes =
        definition.globalSecondaryIndexes().stream()
            .map(index -> new Index(index, definition.attributeDefinitions(), shape))
            .toList();
    this.keyAttributes = new HashSet<>(shape.names());
    indexes.forEach(index -> keyAttributes.addAll(index.shape().names()));
  }

  String name() {
    return definition.tableName();
  }

  CreateTableRequest definition() {
    return definition;
  }

  Shape shape() {
    return shape;
  }

  List<Index> indexes() {
    return indexes;
  }

  Index index(String name) {
    return indexes.stream()
        .filter(index -> index.name().equals(name))
        .findFirst()
        .orElseThrow(() -> Refusals.validation("The table does not have the index: " + name));
  }

  /** Of the table and of its indexes. */
  Set<String> keyAttributes() {
    return keyAttributes;
  }

  int size() {
    return partitions.size();
  }

  /** The latest of all, in the order of a scan. */
  List<Map<String, AttributeValue>> items() {
    return partitions.hashes().stream()
        .flatMap(hash -> partitions.of(hash).values().stream())
        .map(Map::copyOf)
        .toList();
  }

  private static Position position(Key key) {
    return new Position(key.range(), null);
  }

  /** The latest. */
  Optional<Map<String, AttributeValue>> find(Key key) {
    return Optional.ofNullable(partitions.find(key.hash(), position(key)));
  }

  /** Stores, or removes, one item; what is stored is not changed any more. */
  void apply(Change change) {
    Key key = shape.key(change.key());
    if (change.after().isPresent()) {
      partitions.put(key.hash(), position(key), change.after().get());
    } else {
      partitions.remove(key.hash(), position(key));
    }
    indexes.forEach(index -> index.replace(change.before(), change.after()));
    latest.add(change);
    if (latest.size() > FakeDynamoDb.REMEMBERED) {
      latest.remove();
    }
  }

  // -- What a read shows --------------------------------------------------------------------------

  /** The item as an eventually consistent read shows it. */
  Optional<Map<String, AttributeValue>> find(Key key, Behaviour behaviour) {
    Optional<Map<String, AttributeValue>> earlier = earlier(Optional.empty(), behaviour).get(key);
    return earlier == null ? find(key) : earlier;
  }

  /** For each item of which the latest is not shown, what is. */
  private Map<Key, Optional<Map<String, AttributeValue>>> earlier(
      Optional<String> index, Behaviour behaviour) {
    Map<Key, Optional<Map<String, AttributeValue>>> images = new HashMap<>();
    if (behaviour == Behaviour.PLAIN) {
      return images;
    }
    for (Change change : latest) {
      if (!behaviour.shows(index, change)) {
        images.putIfAbsent(shape.key(change.key()), change.before());
      }
    }
    return images;
  }

  /** One partition of the table, or of an index, in order. Not to be changed by the caller. */
  NavigableMap<Position, Map<String, AttributeValue>> partition(
      Optional<Index> index, AttributeValue hash, Optional<Behaviour> eventually) {
    NavigableMap<Position, Map<String, AttributeValue>> now =
        index.map(of -> of.partitions).orElse(partitions).of(hash);
    Map<Key, Optional<Map<String, AttributeValue>>> earlier =
        eventually.map(how -> earlier(index.map(Index::name), how)).orElse(Map.of());
    return earlier.isEmpty() ? now : overlaid(index, hash, now, earlier);
  }

  private NavigableMap<Position, Map<String, AttributeValue>> overlaid(
      Optional<Index> index,
      AttributeValue hash,
      NavigableMap<Position, Map<String, AttributeValue>> now,
      Map<Key, Optional<Map<String, AttributeValue>>> earlier) {
    NavigableMap<Position, Map<String, AttributeValue>> shown = new TreeMap<>(now);
    earlier.keySet().forEach(key -> find(key).ifPresent(item -> remove(index, hash, shown, item)));
    earlier.values().forEach(was -> was.ifPresent(item -> add(index, hash, shown, item)));
    return shown;
  }

  private void remove(
      Optional<Index> index,
      AttributeValue hash,
      NavigableMap<Position, Map<String, AttributeValue>> shown,
      Map<String, AttributeValue> item) {
    @Nullable Position position = position(index, hash, item);
    if (position != null) {
      shown.remove(position);
    }
  }

  private void add(
      Optional<Index> index,
      AttributeValue hash,
      NavigableMap<Position, Map<String, AttributeValue>> shown,
      Map<String, AttributeValue> item) {
    @Nullable Position position = position(index, hash, item);
    if (position != null) {
      shown.put(position, index.flatMap(of -> of.entry(item)).orElse(item));
    }
  }

  /** Null if the item is not in this partition. */
  private @Nullable Position position(
      Optional<Index> index, AttributeValue hash, Map<String, AttributeValue> item) {
    String attribute = index.map(Index::shape).orElse(shape).hash();
    boolean within = hash.equals(item.get(attribute));
    if (!within || index.isPresent() && index.get().entry(item).isEmpty()) {
      return null;
    }
    return index.map(of -> of.position(item)).orElseGet(() -> position(shape.key(item)));
  }

  /** The hash values of the table or an index, as a scan meets them. */
  List<AttributeValue> hashes(Optional<Index> index) {
    return index.map(of -> of.partitions).orElse(partitions).hashes();
  }
}
