package io.opsautomator.resource.internal;

import java.util.List;

/**
 * A tag filter as a tree. Immutable; two filters that differ in blanks, escapes or needless
 * parentheses only have equal trees.
 *
 * <p>A chain is a list and not a nest of pairs, so that only parentheses make a tree deep, and
 * their depth is bounded by the parser: nothing that walks a tree can run out of stack.
 */
public sealed interface Expression {

  /** A task's whole filter {@code *}: every resource, tagged or not. Never part of another tree. */
  record Everything() implements Expression {}

  /**
   * A test of single tags. Plain, it is true when it holds for some tag; negated, when it holds for
   * every tag (so also where there is none).
   */
  record Condition(boolean negated, TextPattern name, ValueTest value) implements Expression {
    /** Whether one tag passes; a negated condition wants its name to be another. */
    public boolean holdsFor(String tagName, String tagValue) {
      return name.matches(tagName) != negated && value.holdsFor(tagValue);
    }
  }

  /** {@code !(…)}. */
  record Not(Expression operand) implements Expression {}

  /** Operands joined strictly from left to right, without precedence. */
  record Chain(Expression first, List<Link> rest) implements Expression {
    public Chain {
      rest = List.copyOf(rest);
    }
  }

  record Link(Operator operator, Expression operand) {}

  enum Operator {
    AND("&"),
    OR("|");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    String sign() {
      return sign;
    }
  }

  /** What is asked of the value; {@code negated} asks for any other. */
  record ValueTest(boolean negated, TextPattern pattern) {
    /** Of a condition that names no value. */
    public static final ValueTest ANY = new ValueTest(false, new TextPattern.Everything());

    boolean holdsFor(String value) {
      return pattern.matches(value) != negated;
    }

    /** Whether every value passes. */
    public boolean isAny() {
      return equals(ANY);
    }

    /** Whether no value passes: {@code !*}. */
    boolean isNone() {
      return negated && pattern instanceof TextPattern.Everything;
    }
  }
}
