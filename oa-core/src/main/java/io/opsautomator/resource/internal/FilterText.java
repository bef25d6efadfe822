package io.opsautomator.resource.internal;

import io.opsautomator.resource.internal.Expression.Chain;
import io.opsautomator.resource.internal.Expression.Condition;
import io.opsautomator.resource.internal.Expression.Link;
import io.opsautomator.resource.internal.Expression.Not;

/** Parts of a filter as people would write them; without escapes, so not meant to be read back. */
final class FilterText {
  private FilterText() {}

  static String of(Expression tree) {
    StringBuilder text = new StringBuilder();
    write(tree, text);
    return text.toString();
  }

  /** In parentheses where it is a chain. */
  static String operand(Expression tree) {
    return tree instanceof Chain ? "(" + of(tree) + ")" : of(tree);
  }

  private static void write(Expression tree, StringBuilder text) {
    if (tree instanceof Condition condition) {
      write(condition, text);
    } else if (tree instanceof Not not) {
      text.append("!(").append(of(not.operand())).append(')');
    } else if (tree instanceof Chain chain) {
      text.append(operand(chain.first()));
      for (Link link : chain.rest()) {
        text.append(' ').append(link.operator().sign()).append(' ');
        text.append(operand(link.operand()));
      }
    } else {
      text.append('*');
    }
  }

  private static void write(Condition condition, StringBuilder text) {
    text.append(condition.negated() ? "!" : "").append(condition.name().text());
    if (!condition.value().isAny()) {
      text.append(condition.value().negated() ? "=!" : "=");
      text.append(condition.value().pattern().text());
    }
  }
}
