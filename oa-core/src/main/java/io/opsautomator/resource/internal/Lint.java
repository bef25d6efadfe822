package io.opsautomator.resource.internal;

import io.opsautomator.resource.internal.Expression.Condition;
import io.opsautomator.resource.internal.Expression.Operator;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects what a filter means and its author probably did not: the grammar keeps the meaning that
 * existing filters have, so that its traps are told and not removed. Confined to one parse.
 */
final class Lint {
  private static final int LONGEST_SPELLED_OUT = 8;

  private final boolean inExpression;
  private final List<String> warnings = new ArrayList<>();

  Lint(boolean inExpression) {
    this.inExpression = inExpression;
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  void condition(String text, Condition condition, Piece name) {
    if (name.endsWithPlain('!')) {
      warn("the tag name in '%s' ends with '!'; 'another value' is written name=!value", text);
    }
    innerStar(name);
    if (!condition.negated() && condition.value().isNone()) {
      warn("'%s' never matches: no value differs from every value", text);
    } else if (condition.negated() && !condition.value().isAny()) {
      negatedWithValue(text, condition);
    }
  }

  void innerStar(Piece piece) {
    if (piece.hasInnerStar()) {
      warn("'*' is a wildcard at an end only: '%s' is compared with that very star", piece.text());
    }
  }

  /** Reads as "not (A=B)", but each half of it is asked of every tag. */
  private void negatedWithValue(String text, Condition condition) {
    ValueTestText value = new ValueTestText(condition.value());
    String name = condition.name().text();
    if (inExpression) {
      warn(
          "'%s' wants that there is no tag '%s' and that the value of every other tag %s;"
              + " to match all resources without %s write '!(%s)'",
          text, name, value.meaning(), text.substring(1), text.substring(1));
    } else {
      warn(
          "'%s' keeps tags whose name is not '%s' and whose value %s; to keep all tags but %s write"
              + " '!%s,%s'",
          text, name, value.meaning(), text.substring(1), name, name + "=" + value.opposite());
    }
  }

  /** Several negated conditions in a list: each keeps what another one was to drop. */
  void negatedTwice() {
    warn("a tag is kept when any condition of the list holds: %s", "two with '!' keep every tag");
  }

  void trailingOperator(Operator operator) {
    warn("a '%s' with nothing behind it is ignored", operator.sign());
  }

  /**
   * Operators of both kinds in one chain.
   *
   * @param operands as they were written
   * @param operators one less than operands
   */
  void mixedOperators(List<String> operands, List<Operator> operators) {
    if (operators.stream().distinct().count() < 2) {
      return;
    }
    warn(
        "'&' and '|' have the same rank and are read from left to right%s",
        operands.size() > LONGEST_SPELLED_OUT ? "" : ": " + spelledOut(operands, operators));
  }

  private static String spelledOut(List<String> operands, List<Operator> operators) {
    StringBuilder text = new StringBuilder(operands.get(0));
    for (int i = 0; i < operators.size(); i++) {
      if (i > 0 && operators.get(i) != operators.get(i - 1)) {
        text.insert(0, '(').append(')');
      }
      text.append(operators.get(i).sign()).append(operands.get(i + 1));
    }
    return text.toString();
  }

  private void warn(String format, Object... parts) {
    warnings.add(String.format(format, parts));
  }

  /** How a value test reads in a sentence, and how its opposite is written. */
  private record ValueTestText(Expression.ValueTest test) {
    String meaning() {
      return (test.negated() ? "is not '" : "is '") + test.pattern().text() + "'";
    }

    String opposite() {
      return (test.negated() ? "" : "!") + test.pattern().text();
    }
  }
}
