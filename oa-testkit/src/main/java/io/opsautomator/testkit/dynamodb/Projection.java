package io.opsautomator.testkit.dynamodb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The part of an item that some paths name; members of lists close ranks. */
final class Projection {
  private final Map<String, Projection> names = new LinkedHashMap<>();
  private final Map<Integer, Projection> positions = new TreeMap<>();

  private Projection() {}

  static Map<String, AttributeValue> of(Map<String, AttributeValue> item, List<Path> paths) {
    Projection root = new Projection();
    for (Path path : paths) {
      Projection at = root;
      for (Path.Step step : path.steps()) {
        at = at.child(step);
      }
    }
    return root.members(item);
  }

  private Projection child(Path.Step step) {
    return step instanceof Path.Step.Name name
        ? names.computeIfAbsent(name.name(), any -> new Projection())
        : positions.computeIfAbsent(((Path.Step.Index) step).number(), any -> new Projection());
  }

  private Map<String, AttributeValue> members(Map<String, AttributeValue> map) {
    Map<String, AttributeValue> some = new LinkedHashMap<>();
    names.forEach(
        (name, below) -> {
          @Nullable AttributeValue value = map.get(name);
          @Nullable AttributeValue part = value == null ? null : below.part(value);
          if (part != null) {
            some.put(name, part);
          }
        });
    return some;
  }

  private @Nullable AttributeValue part(AttributeValue value) {
    if (names.isEmpty() && positions.isEmpty()) {
      return value;
    }
    if (!names.isEmpty() && value.type() == AttributeValue.Type.M) {
      Map<String, AttributeValue> some = members(value.m());
      return some.isEmpty() ? null : AttributeValue.fromM(some);
    }
    if (!positions.isEmpty() && value.type() == AttributeValue.Type.L) {
      List<AttributeValue> some = positions(value.l());
      return some.isEmpty() ? null : AttributeValue.fromL(some);
    }
    return null;
  }

  private List<AttributeValue> positions(List<AttributeValue> list) {
    List<AttributeValue> some = new ArrayList<>();
    positions.forEach(
        (number, below) -> {
          @Nullable AttributeValue part =
              number < list.size() ? below.part(list.get(number)) : null;
          if (part != null) {
            some.add(part);
          }
        });
    return some;
  }
}
