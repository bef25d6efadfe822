package io.opsautomator.testkit.dynamodb;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A place in an item, such as {@code slots.#n.g} or {@code list[2]}. Begins with a name. */
record Path(List<Step> steps) {
  Path {
    steps = List.copyOf(steps);
  }

  sealed interface Step {
    record Name(String name) implements Step {}

    record Index(int number) implements Step {}
  }

  String top() {
    return ((Step.Name) steps.get(0)).name();
  }

  boolean isTop() {
    return steps.size() == 1;
  }

  /** What is there in the item, if anything. */
  Optional<AttributeValue> in(Map<String, AttributeValue> item) {
    @Nullable AttributeValue at = item.get(top());
    for (int i = 1; at != null && i < steps.size(); i++) {
      at = below(at, steps.get(i));
    }
    return Optional.ofNullable(at);
  }

  static @Nullable AttributeValue below(AttributeValue parent, Step step) {
    if (step instanceof Step.Name name) {
      return parent.type() == AttributeValue.Type.M ? parent.m().get(name.name()) : null;
    }
    int number = ((Step.Index) step).number();
    boolean there = parent.type() == AttributeValue.Type.L && number < parent.l().size();
    return there ? parent.l().get(number) : null;
  }

  /** Whether one of the two is the other, or within it. */
  boolean overlaps(Path other) {
    int common = Math.min(steps.size(), other.steps.size());
    return steps.subList(0, common).equals(other.steps.subList(0, common));
  }

  /** Whether they take the same place for a map and for a list. */
  boolean contradicts(Path other) {
    int common = Math.min(steps.size(), other.steps.size());
    for (int i = 0; i < common; i++) {
      Step one = steps.get(i);
      Step two = other.steps.get(i);
      if (one.getClass() != two.getClass()) {
        return true;
      }
      if (!one.equals(two)) {
        return false;
      }
    }
    return false;
  }

  /** Refuses paths of which two get in each other's way. */
  static void checkApart(List<Path> paths) {
    for (int i = 0; i < paths.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (paths.get(i).overlaps(paths.get(j))) {
          throw Refusals.validation("Two document paths overlap with each other: " + paths.get(i));
        }
        if (paths.get(i).contradicts(paths.get(j))) {
          throw Refusals.validation("Two document paths conflict with each other: " + paths.get(i));
        }
      }
    }
  }

  @Override
  public String toString() {
    StringBuilder all = new StringBuilder();
    for (Step step : steps) {
      if (step instanceof Step.Index index) {
        all.append('[').append(index.number()).append(']');
      } else {
        all.append(all.isEmpty() ? "" : ".").append(((Step.Name) step).name());
      }
    }
    return all.toString();
  }
}
