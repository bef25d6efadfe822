package io.opsautomator.templategen.cloudformation;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that holds or not, by the values of parameters: what is in a template's {@code
 * Conditions}, and what a rule asserts. Immutable.
 */
public final class Condition {
  /** So many alternatives {@code Fn::Or} takes, and {@code Fn::And} so many terms. */
  static final int MOST_TERMS = 10;

  private final Value value;

  private Condition(Value value) {
    this.value = value;
  }

  Value value() {
    return value;
  }

  /** {@code Fn::Equals}. */
  public static Condition equal(Object one, Object other) {
    return new Condition(new Call("Fn::Equals", Value.list(one, other), List.of()));
  }

  /** That a parameter has this value. */
  public static Condition is(String parameter, String value) {
    return equal(Value.ref(parameter), value);
  }

  /** That one of the template's conditions holds. */
  public static Condition named(String id) {
    return new Condition(new Call("Condition", new Scalar(id), List.of(Reference.toCondition(id))));
  }

  /** {@code Fn::Not}. */
  public static Condition not(Condition one) {
    return new Condition(new Call("Fn::Not", Value.list(one.value), List.of()));
  }

  /**
   * {@code Fn::And} of any number, by as many of them as it takes.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Condition all(List<Condition> terms) {
    return joined("Fn::And", terms);
  }

  /**
   * {@code Fn::Or} of any number, by as many of them as it takes.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Condition any(List<Condition> terms) {
    return joined("Fn::Or", terms);
  }

  /** In a rule only: that the value is one of these. */
  public static Condition contains(List<String> values, Object value) {
    return new Condition(new Call("Fn::Contains", Value.list(Value.of(values), value), List.of()));
  }

  private static Condition joined(String function, List<Condition> terms) {
    if (terms.isEmpty()) {
      throw new IllegalArgumentException(function + " of no conditions");
    }
    List<Condition> level = terms;
    while (level.size() > 1) {
      List<Condition> above = new ArrayList<>();
      for (int from = 0; from < level.size(); from += MOST_TERMS) {
        above.add(call(function, level.subList(from, Math.min(level.size(), from + MOST_TERMS))));
      }
      level = above;
    }
    return level.get(0);
  }

  private static Condition call(String function, List<Condition> terms) {
    return terms.size() == 1
        ? terms.get(0)
        : new Condition(
            new Call(function, Value.of(terms.stream().map(Condition::value).toList()), List.of()));
  }
}
