package io.opsautomator.resource.internal;

import io.opsautomator.resource.internal.Expression.Chain;
import io.opsautomator.resource.internal.Expression.Condition;
import io.opsautomator.resource.internal.Expression.Link;
import io.opsautomator.resource.internal.Expression.Operator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Answers which tags a filter looks at. */
public final class TagNames {
  private TagNames() {}

  /** All conditions, in the order they were written. */
  public static List<Condition> conditions(Expression tree) {
    List<Condition> found = new ArrayList<>();
    collect(tree, found);
    return List.copyOf(found);
  }

  private static void collect(Expression tree, List<Condition> found) {
    if (tree instanceof Condition condition) {
      found.add(condition);
    } else if (tree instanceof Expression.Not not) {
      collect(not.operand(), found);
    } else if (tree instanceof Chain chain) {
      collect(chain.first(), found);
      chain.rest().forEach(link -> collect(link.operand(), found));
    }
  }

  /**
   * Whether setting or removing this tag can change what the condition says. A negated condition
   * with a value asks something of every tag.
   */
  public static boolean dependsOn(Condition condition, String tagName) {
    return condition.name().matches(tagName) || (condition.negated() && !condition.value().isAny());
  }

  /** Literal names that every matching resource carries; there may be others. */
  public static Set<String> required(Expression tree) {
    if (tree instanceof Condition condition) {
      return !condition.negated() && condition.name() instanceof TextPattern.Exact name
          ? Set.of(name.literal())
          : Set.of();
    }
    return tree instanceof Chain chain ? requiredByChain(chain) : Set.of();
  }

  private static Set<String> requiredByChain(Chain chain) {
    Set<String> required = new LinkedHashSet<>(required(chain.first()));
    for (Link link : chain.rest()) {
      Set<String> more = required(link.operand());
      if (link.operator() == Operator.AND) {
        required.addAll(more);
      } else {
        required.retainAll(more);
      }
    }
    return required;
  }
}
