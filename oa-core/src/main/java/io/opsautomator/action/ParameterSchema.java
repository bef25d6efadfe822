package io.opsautomator.action;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The form for an action's parameters, read once from the record's components, {@link Param}s and
 * defaults. Immutable and thread-safe.
 *
 * <p>A component may be a text, {@code int}, {@code long}, {@code double}, {@code boolean} (or
 * boxed), an enum, a {@code TagFilter}, a {@code Duration} (on the wire a number of minutes, or
 * {@code 24h}, or ISO 8601), a {@code List} of these, or an {@code Optional} of any of them.
 *
 * <p>On the wire a parameter may be spelt {@code RetentionCount}, {@code retentionCount} or {@code
 * retention_count}; the first is the canonical form, and the only one this library writes. An empty
 * text, list or map counts as absent. Booleans may be words; a text given for a list is split at
 * its commas; numbers may be texts.
 */
public interface ParameterSchema<P extends Record> {
  /** What stands in place of a secret. */
  String MASK = "****";

  /**
   * @throws IllegalArgumentException naming every component that cannot be a parameter: one without
   *     a {@link Param}, of a type not listed above, with a default outside its own bounds, or
   *     whose wire name is another's, too
   */
  static <P extends Record> ParameterSchema<P> of(P defaults) {
    return RecordSchema.of(defaults);
  }

  /** In the order of the record's components. */
  List<Field> fields();

  P defaults();

  /**
   * Reads a task's raw values: texts, numbers, booleans and lists. All problems are reported, not
   * just the first; none shows the value of a secret.
   */
  Decoded<P> decode(Map<String, ?> raw);

  /**
   * The canonical wire form of every parameter, for people's eyes: secrets are masked. What is
   * empty is left out. Without secrets, {@link #decode} gives the same value back.
   */
  Map<String, Object> encode(P value);

  /** These raw values with the secret ones masked; names are kept as they are spelt. */
  Map<String, Object> masked(Map<String, ?> raw);

  /** By any of the three spellings. */
  Optional<Field> field(String spelling);

  /**
   * One parameter as a generator or a help page sees it.
   *
   * @param name the canonical wire name
   * @param type the component's type
   * @param about label, group, bounds and the like
   * @param fallback the wire form of the default; empty if the parameter is required, or has an
   *     empty default, or is secret
   * @param allowed the only texts it may be; empty if there is no such restriction
   * @param typeName the type in words, such as {@code list of texts}
   */
  record Field(
      String name,
      Type type,
      Param about,
      Optional<String> fallback,
      List<String> allowed,
      String typeName) {
    public Field {
      allowed = List.copyOf(allowed);
    }

    /** Such as {@code 1 to 100}, {@code at least 1}, or nothing. */
    public String bounds() {
      boolean least = about.min() != Long.MIN_VALUE;
      boolean most = about.max() != Long.MAX_VALUE;
      if (least && most) {
        return about.min() + " to " + about.max();
      }
      return least ? "at least " + about.min() : most ? "at most " + about.max() : "";
    }
  }

  /** Either a value or everything that is wrong. */
  sealed interface Decoded<P> {
    record Valid<P>(P value) implements Decoded<P> {}

    record Invalid<P>(List<Violation> violations) implements Decoded<P> {
      public Invalid {
        violations = List.copyOf(violations);
      }
    }
  }

  /**
   * One thing that is wrong with a task.
   *
   * @param code stable, such as {@code ERR_MIN_VALUE}: Ops Automator's own where it has one
   * @param field which, such as {@code RetentionCount} or {@code InstanceTypes[1]}; empty if it is
   *     not about a single one
   * @param problem the value, what is allowed, and what to do, in words
   */
  record Violation(String code, String field, String problem) {
    /** What {@link Action#check} has found. */
    public Violation(String field, String problem) {
      this("ERR_VALIDATING_TASK_PARAMETERS", field, problem);
    }

    @Override
    public String toString() {
      return code + ": " + (field.isEmpty() ? "" : field + ": ") + problem;
    }
  }
}
