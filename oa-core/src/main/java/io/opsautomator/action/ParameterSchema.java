package io.opsautomator.action;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

/**
 * The form for an action's parameters, read once from the record's components, {@link Param}s and
 * defaults. Thread-safe.
 */
public interface ParameterSchema<P extends Record> {
  List<Field> fields();

  /** Reads a task's raw values. All problems are reported, not just the first. */
  Decoded<P> decode(Map<String, ?> raw);

  /** One parameter as a generator sees it; {@code fallback} is the wire form of the default. */
  record Field(String name, Type type, Param about, String fallback) {}

  /** Either a value or everything that is wrong. */
  sealed interface Decoded<P> {
    record Valid<P>(P value) implements Decoded<P> {}

    record Invalid<P>(List<Violation> violations) implements Decoded<P> {}
  }

  record Violation(String field, String problem) {}
}
