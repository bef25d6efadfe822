package io.opsautomator.resource.internal;

import io.opsautomator.resource.internal.Expression.Chain;
import io.opsautomator.resource.internal.Expression.Condition;
import io.opsautomator.resource.internal.Expression.Link;
import io.opsautomator.resource.internal.Expression.Operator;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Turns a tree into closures that do the least work on a map of tags: a literal name is one
 * look-up, and only names with a wildcard walk the map. Operands are tested in order and only as
 * far as needed.
 */
public final class Compiler {
  private Compiler() {}

  public static Predicate<Map<String, String>> compile(Expression tree) {
    if (tree instanceof Condition condition) {
      return condition.negated() ? every(condition) : some(condition);
    }
    if (tree instanceof Chain chain) {
      return chain(chain);
    }
    if (tree instanceof Expression.Not not) {
      return compile(not.operand()).negate();
    }
    return tags -> true;
  }

  private static Predicate<Map<String, String>> some(Condition condition) {
    if (!(condition.name() instanceof TextPattern.Exact name)) {
      return tags -> holdsForSome(condition, tags);
    }
    String key = name.literal();
    Expression.ValueTest value = condition.value();
    if (value.isAny()) {
      return tags -> tags.containsKey(key);
    }
    if (!value.negated() && value.pattern() instanceof TextPattern.Exact exact) {
      String literal = exact.literal();
      return tags -> literal.equals(tags.get(key));
    }
    return tags -> {
      String actual = tags.get(key);
      return actual != null && value.holdsFor(actual);
    };
  }

  private static Predicate<Map<String, String>> every(Condition condition) {
    if (condition.name() instanceof TextPattern.Exact name && condition.value().isAny()) {
      String key = name.literal();
      return tags -> !tags.containsKey(key);
    }
    return tags -> holdsForEvery(condition, tags);
  }

  private static boolean holdsForSome(Condition condition, Map<String, String> tags) {
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      if (condition.holdsFor(tag.getKey(), tag.getValue())) {
        return true;
      }
    }
    return false;
  }

  private static boolean holdsForEvery(Condition condition, Map<String, String> tags) {
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      if (!condition.holdsFor(tag.getKey(), tag.getValue())) {
        return false;
      }
    }
    return true;
  }

  private static Predicate<Map<String, String>> chain(Chain chain) {
    Predicate<Map<String, String>> first = compile(chain.first());
    Step[] steps = chain.rest().stream().map(Compiler::step).toArray(Step[]::new);
    return tags -> {
      boolean result = first.test(tags);
      for (Step step : steps) {
        // True stays true through "or", false stays false through "and".
        if (result == step.isAnd) {
          result = step.operand.test(tags);
        }
      }
      return result;
    };
  }

  private static Step step(Link link) {
    return new Step(link.operator() == Operator.AND, compile(link.operand()));
  }

  private record Step(boolean isAnd, Predicate<Map<String, String>> operand) {}
}
