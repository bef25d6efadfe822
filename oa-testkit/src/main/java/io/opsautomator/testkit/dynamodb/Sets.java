package io.opsautomator.testkit.dynamodb;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Sets of texts, numbers and bytes, two of the same type at a time. */
final class Sets {
  private Sets() {}

  static AttributeValue union(AttributeValue one, AttributeValue other) {
    return switch (one.type()) {
      case SS -> AttributeValue.fromSs(union(one.ss(), other.ss()));
      case NS -> AttributeValue.fromNs(union(one.ns(), other.ns()));
      default -> AttributeValue.fromBs(union(one.bs(), other.bs()));
    };
  }

  private static <T> List<T> union(List<T> one, List<T> other) {
    Set<T> all = new LinkedHashSet<>(one);
    all.addAll(other);
    return List.copyOf(all);
  }

  /** Nothing if nothing is left: there are no empty sets. */
  static Optional<AttributeValue> difference(AttributeValue from, AttributeValue taken) {
    return switch (from.type()) {
      case SS -> left(from.ss(), taken.ss()).map(AttributeValue::fromSs);
      case NS -> left(from.ns(), taken.ns()).map(AttributeValue::fromNs);
      default -> left(from.bs(), taken.bs()).map(AttributeValue::fromBs);
    };
  }

  private static <T> Optional<List<T>> left(List<T> from, List<T> taken) {
    List<T> rest = from.stream().filter(one -> !taken.contains(one)).toList();
    return Optional.of(rest).filter(left -> !left.isEmpty());
  }
}
