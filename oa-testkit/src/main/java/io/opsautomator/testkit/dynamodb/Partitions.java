package io.opsautomator.testkit.dynamodb;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items by their hash value, and in order within it. */
final class Partitions {
  private static final NavigableMap<Position, Map<String, AttributeValue>> NONE =
      Collections.unmodifiableNavigableMap(new TreeMap<>());
  private static final Comparator<AttributeValue> SCATTERED =
      Comparator.comparingInt(Partitions::scatter).thenComparing(Values::compare);

  private final Map<AttributeValue, NavigableMap<Position, Map<String, AttributeValue>>> all =
      new HashMap<>();

  /** Not to be changed by the caller. */
  NavigableMap<Position, Map<String, AttributeValue>> of(AttributeValue hash) {
    return all.getOrDefault(hash, NONE);
  }

  @Nullable Map<String, AttributeValue> find(AttributeValue hash, Position position) {
    return of(hash).get(position);
  }

  void put(AttributeValue hash, Position position, Map<String, AttributeValue> item) {
    all.computeIfAbsent(hash, any -> new TreeMap<>()).put(position, item);
  }

  void remove(AttributeValue hash, Position position) {
    NavigableMap<Position, Map<String, AttributeValue>> partition = all.get(hash);
    if (partition != null) {
      partition.remove(position);
      if (partition.isEmpty()) {
        all.remove(hash);
      }
    }
  }

  int size() {
    return all.values().stream().mapToInt(Map::size).sum();
  }

  /** In an order that has nothing to do with that of the values, as a scan meets them. */
  List<AttributeValue> hashes() {
    List<AttributeValue> hashes = new ArrayList<>(all.keySet());
    hashes.sort(SCATTERED);
    return hashes;
  }

  /** The first of these, in their order, that is not before a value. */
  static int placeOf(AttributeValue hash, List<AttributeValue> hashes) {
    int found = Collections.binarySearch(hashes, hash, SCATTERED);
    return found < 0 ? -found - 1 : found;
  }

  static int scatter(AttributeValue hash) {
    String text = Values.is(hash, "S") ? hash.s() : hash.toString();
    int mixed = text.hashCode() * 0x9E3779B9;
    return mixed ^ mixed >>> 15;
  }
}
