package io.opsautomator.task.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value as it stood in a file. Immutable.
 *
 * <p>A YAML alias makes two places share one node, so the tree in memory is never larger than the
 * file; what it unfolds to may be, exponentially. Therefore every node knows its {@link Extent}, a
 * reader refuses a node that exceeds its limits, and whoever walks a tree needs no limits.
 */
public sealed interface SourceNode {
  Place place();

  Extent extent();

  /** A word for messages: text, list or map. */
  String kind();

  /** The plain value: text, Boolean, Long, BigDecimal, List or Map; null for nothing. */
  @Nullable Object value();

  /** Line and column, counted from 1. */
  record Place(int line, int column) {}

  /** How deep a node is, and how many values it unfolds to. */
  record Extent(int depth, long values) {
    static final Extent ONE = new Extent(0, 1);

    static Extent around(List<? extends SourceNode> inner) {
      int depth = 0;
      long values = 1;
      for (SourceNode node : inner) {
        depth = Math.max(depth, node.extent().depth());
        values += node.extent().values();
      }
      return new Extent(depth + 1, values);
    }
  }

  /**
   * One value.
   *
   * @param text as written, whatever it means: an account number keeps its leading zeros
   * @param value what it means
   * @param textColumn where {@code text} stands literally in its line; 0 if it does not, because it
   *     is escaped or folded
   */
  record Scalar(Place place, String text, @Nullable Object value, int textColumn)
      implements SourceNode {
    @Override
    public Extent extent() {
      return Extent.ONE;
    }

    @Override
    public String kind() {
      return value instanceof Number ? "number" : value == null ? "nothing" : "text";
    }

    /** No texts: they may be secret. */
    @Override
    public String toString() {
      return kind() + " at " + place;
    }
  }

  /** A list. */
  record Items(Place place, List<SourceNode> items, Extent extent) implements SourceNode {
    @Override
    public String kind() {
      return "list";
    }

    @Override
    public List<Object> value() {
      List<Object> values = new ArrayList<>();
      for (SourceNode item : items) {
        Object value = item.value();
        if (value != null) {
          values.add(value);
        }
      }
      return values;
    }
  }

  /** A map, in the order of the file; a key may occur twice. */
  record Fields(Place place, List<Entry> entries, Extent extent) implements SourceNode {
    @Override
    public String kind() {
      return "map";
    }

    @Override
    public Map<String, Object> value() {
      Map<String, Object> values = new LinkedHashMap<>();
      for (Entry entry : entries) {
        Object value = entry.value().value();
        if (value != null) {
          values.put(entry.key().text(), value);
        }
      }
      return values;
    }

    public Optional<Entry> entry(String key) {
      return entries.stream().filter(e -> e.key().text().equals(key)).findFirst();
    }
  }

  record Entry(Scalar key, SourceNode value) {}
}
