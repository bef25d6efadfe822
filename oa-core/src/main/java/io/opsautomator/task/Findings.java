package io.opsautomator.task;

import io.opsautomator.action.ParameterSchema.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What was given to a builder, and what is wrong with it; whoever finds something goes on. */
final class Findings {
  private final List<Violation> violations = new ArrayList<>();
  private final Set<String> given = new HashSet<>();

  /** Notes that a field is given; twice is wrong. */
  void once(String field) {
    if (!given.add(field)) {
      wrong("ERR_VALIDATING_TASK_PARAMETERS", field, "is set twice");
    }
  }

  boolean given(String field) {
    return given.contains(field);
  }

  /** Once, and at least 1. */
  int positive(String field, int value) {
    once(field);
    if (value < 1) {
      wrong("ERR_MIN_VALUE", field, "'" + value + "' is not at least 1");
    }
    return value;
  }

  /** Empty if the reader refuses the value. */
  <A, B> Optional<B> read(String code, String field, A raw, Function<A, B> reader) {
    try {
      return Optional.of(reader.apply(raw));
    } catch (IllegalArgumentException e) {
      wrong(code, field, e.getMessage() + "");
      return Optional.empty();
    }
  }

  void wrong(String code, String field, String problem) {
    violations.add(new Violation(code, field, problem));
  }

  /** In the order of finding. */
  List<Violation> all() {
    return List.copyOf(violations);
  }
}
