package io.opsautomator.resource.internal;

import io.opsautomator.resource.Exclusion;
import io.opsautomator.resource.Exclusion.Kind;
import io.opsautomator.resource.internal.Expression.Chain;
import io.opsautomator.resource.internal.Expression.Condition;
import io.opsautomator.resource.internal.Expression.Link;
import io.opsautomator.resource.internal.Expression.Not;
import io.opsautomator.resource.internal.Expression.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names the first part of a filter that some tags do not pass.
 *
 * <p>Walks a chain as the filter itself does, from left to right. What has become false through an
 * {@code &} stays so until an {@code |} gives it another chance; so what is told is either one
 * operand, or all the alternatives of which none has matched.
 */
public final class Mismatches {
  private final Map<String, String> tags;

  private Mismatches(Map<String, String> tags) {
    this.tags = tags;
  }

  /** Of tags that the filter does not match. */
  public static Exclusion explain(Expression tree, Map<String, String> tags) {
    return new Mismatches(tags).why(tree);
  }

  private static Exclusion of(String words, String seen) {
    return new Exclusion(Kind.TAG_FILTER, words, seen);
  }

  private Exclusion why(Expression tree) {
    if (tree instanceof Condition condition) {
      return condition.negated() ? forbidden(condition) : missing(condition);
    }
    if (tree instanceof Not not) {
      return of("matches " + FilterText.of(not.operand()) + ", which is not wanted", "");
    }
    if (tree instanceof Chain chain) {
      return chain(chain);
    }
    throw new IllegalArgumentException("everything matches " + tree);
  }

  // -- Single conditions --------------------------------------------------------------------------

  /** No tag passes. */
  private Exclusion missing(Condition condition) {
    String name = condition.name().text();
    boolean exact = condition.name() instanceof TextPattern.Exact;
    List<Map.Entry<String, String>> named = named(condition.name());
    if (condition.value().isNone()) {
      return of("cannot match " + FilterText.of(condition) + ": no value differs from all", "");
    }
    if (named.isEmpty()) {
      return of(exact ? "lacks the tag " + name : "has no tag like " + name, "");
    }
    return of("does not have " + FilterText.of(condition), shown(named));
  }

  /** Some tag does not pass. */
  private Exclusion forbidden(Condition condition) {
    List<Map.Entry<String, String>> named = named(condition.name());
    if (!named.isEmpty()) {
      boolean exact = condition.name() instanceof TextPattern.Exact;
      String what = exact ? "has the tag " : "has a tag like ";
      return of(what + condition.name().text() + ", which is not wanted", shown(named));
    }
    Optional<Map.Entry<String, String>> other =
        tags.entrySet().stream()
            .filter(tag -> !condition.holdsFor(tag.getKey(), tag.getValue()))
            .min(Map.Entry.comparingByKey());
    return of(
        "has a tag that "
            + FilterText.of(condition)
            + " does not allow: it wants the same value of all other tags",
        shown(other.stream().toList()));
  }

  private List<Map.Entry<String, String>> named(TextPattern name) {
    return tags.entrySet().stream()
        .filter(tag -> name.matches(tag.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .toList();
  }

  private static String shown(List<Map.Entry<String, String>> some) {
    List<String> texts = some.stream().limit(3).map(t -> t.getKey() + "=" + t.getValue()).toList();
    return String.join(", ", texts) + (some.size() > 3 ? ", …" : "");
  }

  // -- Chains -------------------------------------------------------------------------------------

  private Exclusion chain(Chain chain) {
    boolean holds = holds(chain.first());
    List<Expression> failed = holds ? List.of() : List.of(chain.first());
    for (Link link : chain.rest()) {
      boolean and = link.operator() == Operator.AND;
      if (and == holds) {
        holds = holds(link.operand());
        failed = holds ? List.of() : failed(failed, link);
      }
    }
    return failed.size() == 1 ? why(failed.get(0)) : none(failed);
  }

  private static List<Expression> failed(List<Expression> before, Link last) {
    List<Expression> now = new ArrayList<>(last.operator() == Operator.OR ? before : List.of());
    now.add(last.operand());
    return now;
  }

  private Exclusion none(List<Expression> alternatives) {
    List<String> texts = alternatives.stream().map(FilterText::operand).toList();
    List<String> reasons =
        alternatives.stream().limit(4).map(part -> why(part).toString()).distinct().toList();
    String all =
        texts.size() == 2
            ? "matches neither " + texts.get(0) + " nor " + texts.get(1)
            : "matches none of " + String.join(", ", texts);
    return of(all, String.join("; ", reasons));
  }

  private boolean holds(Expression tree) {
    if (tree instanceof Condition condition) {
      return condition.negated()
          ? tags.entrySet().stream().allMatch(t -> condition.holdsFor(t.getKey(), t.getValue()))
          : tags.entrySet().stream().anyMatch(t -> condition.holdsFor(t.getKey(), t.getValue()));
    }
    if (tree instanceof Not not) {
      return !holds(not.operand());
    }
    if (tree instanceof Chain chain) {
      boolean holds = holds(chain.first());
      for (Link link : chain.rest()) {
        boolean and = link.operator() == Operator.AND;
        holds = and == holds ? holds(link.operand()) : holds;
      }
      return holds;
    }
    return true;
  }
}
