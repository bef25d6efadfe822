package io.opsautomator.fuzz;

import static io.opsautomator.fuzz.Claims.claim;

import io.opsautomator.InvalidExpressionException;
import io.opsautomator.resource.TagFilter;
import io.opsautomator.resource.internal.Expression;
import io.opsautomator.resource.internal.ExpressionParser;
import java.util.Map;

/**
 * A filter and tags. The verdict is compared with that of the plainest evaluator of the same tree,
 * and with the verdicts of filters that mean the same or the opposite.
 */
final class TagFilterFuzz {
  private static final int MOST_GROUPS = 90;

  private TagFilterFuzz() {}

  static void check(String input) {
    Tagged given = Tagged.of(input);
    TagFilter filter;
    try {
      filter = TagFilter.parse(given.expression());
    } catch (InvalidExpressionException e) {
      Claims.points(e, given.expression());
      return;
    }
    claim(TagFilter.parse(filter.toString()).equals(filter), "does not read back");
    boolean selected = filter.matches(given.tags());
    Expression tree = ExpressionParser.parse(given.expression()).tree();
    claim(holds(tree, given.tags()) == selected, "compiled it says " + selected);
    warnings(filter);
    tags(filter, given, selected);
    relatives(given, selected);
    ofTask(given);
  }

  private static void warnings(TagFilter filter) {
    filter.warnings().forEach(w -> claim(!w.isBlank(), "an empty warning"));
    claim(filter.bareWildcard() || !filter.toString().isBlank(), "a blank filter");
    filter.keys().forEach(key -> claim(!key.isEmpty(), "an empty key"));
  }

  private static void tags(TagFilter filter, Tagged given, boolean selected) {
    filter
        .requiredTagKey()
        .ifPresent(
            key -> claim(!selected || given.tags().containsKey(key), "without its tag " + key));
    for (String name : given.tags().keySet()) {
      claim(
          filter.dependsOn(name) || filter.matches(given.without(name)) == selected,
          "depends on " + name);
    }
  }

  /** In a regular expression parentheses are its own. */
  private static void relatives(Tagged given, boolean selected) {
    String text = given.expression();
    if (text.indexOf('\\') < 0 && text.chars().filter(c -> c == '(').count() < MOST_GROUPS) {
      String group = "(" + text + ")";
      claim(verdict(group, given) == selected, "other verdict in parentheses");
      claim(verdict("!" + group, given) != selected, "same verdict negated");
      claim(verdict(group + "&" + group, given) == selected, "other verdict twice");
      claim(verdict(group + "|" + group, given) == selected, "other verdict once or once");
    }
  }

  private static boolean verdict(String expression, Tagged given) {
    return TagFilter.parse(expression).matches(given.tags());
  }

  private static void ofTask(Tagged given) {
    TagFilter filter = TagFilter.ofTask(given.expression());
    claim(
        filter.equals(TagFilter.any()) == given.expression().strip().equals("*"),
        "selects everything");
  }

  private static boolean holds(Expression tree, Map<String, String> tags) {
    if (tree instanceof Expression.Condition c) {
      return c.negated()
          ? tags.entrySet().stream().allMatch(t -> c.holdsFor(t.getKey(), t.getValue()))
          : tags.entrySet().stream().anyMatch(t -> c.holdsFor(t.getKey(), t.getValue()));
    }
    if (tree instanceof Expression.Not not) {
      return !holds(not.operand(), tags);
    }
    return !(tree instanceof Expression.Chain chain) || holdsChain(chain, tags);
  }

  private static boolean holdsChain(Expression.Chain chain, Map<String, String> tags) {
    boolean holds = holds(chain.first(), tags);
    for (Expression.Link link : chain.rest()) {
      boolean next = holds(link.operand(), tags);
      holds = link.operator() == Expression.Operator.AND ? holds && next : holds || next;
    }
    return holds;
  }
}
