package io.opsautomator.resource.internal;

import io.opsautomator.resource.internal.Expression.Chain;
import io.opsautomator.resource.internal.Expression.Condition;
import io.opsautomator.resource.internal.Expression.Link;
import io.opsautomator.resource.internal.Expression.Not;
import io.opsautomator.resource.internal.Expression.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds filters that can match nothing, such as {@code a & !a}.
 *
 * <p>A filter is brought into the form of alternatives, each of which demands several things at
 * once; it is contradictory if every alternative demands two things that exclude each other. What
 * is found is certain; not everything is found: patterns are compared with literals only, and a
 * filter with very many alternatives is not looked at.
 */
public final class Contradiction {
  private static final int MOST = 200;

  private Contradiction() {}

  /** What is demanded of the tags, as one of three kinds; {@code text} is how it was written. */
  private record Demand(Kind kind, Condition condition, String text) {}

  private enum Kind {
    /** Some tag passes. */
    SOME,
    /** No tag has such a name and value. */
    NO,
    /** Every tag passes. */
    EVERY,
    /** Nothing that is compared here. */
    OTHER
  }

  /** Why nothing matches, in words; empty if something may. */
  public static Optional<String> of(Expression tree) {
    List<List<Demand>> alternatives = alternatives(tree, false);
    if (alternatives.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> first = Optional.empty();
    for (List<Demand> all : alternatives) {
      Optional<String> conflict = conflict(all);
      if (conflict.isEmpty()) {
        return conflict;
      }
      first = first.or(() -> conflict);
    }
    return first;
  }

  // -- Alternatives -------------------------------------------------------------------------------

  /** None at all where there are too many. */
  private static List<List<Demand>> alternatives(Expression tree, boolean negated) {
    if (tree instanceof Condition condition) {
      return List.of(List.of(demand(condition, negated)));
    }
    if (tree instanceof Not not) {
      return alternatives(not.operand(), !negated);
    }
    if (tree instanceof Chain chain) {
      List<List<Demand>> all = alternatives(chain.first(), negated);
      for (Link link : chain.rest()) {
        List<List<Demand>> more = alternatives(link.operand(), negated);
        boolean and = (link.operator() == Operator.AND) != negated;
        all = and ? both(all, more) : either(all, more);
      }
      return all;
    }
    return List.of();
  }

  private static List<List<Demand>> either(List<List<Demand>> some, List<List<Demand>> more) {
    if (some.isEmpty() || more.isEmpty() || some.size() + more.size() > MOST) {
      return List.of();
    }
    List<List<Demand>> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  private static List<List<Demand>> both(List<List<Demand>> some, List<List<Demand>> more) {
    if (some.size() * more.size() > MOST) {
      return List.of();
    }
    List<List<Demand>> all = new ArrayList<>();
    for (List<Demand> one : some) {
      for (List<Demand> other : more) {
        List<Demand> together = new ArrayList<>(one);
        together.addAll(other);
        all.add(together);
      }
    }
    return all;
  }

  private static Demand demand(Condition condition, boolean negated) {
    String text = FilterText.of(condition);
    if (!condition.negated()) {
      return new Demand(
          negated ? Kind.NO : Kind.SOME, condition, negated ? "!(" + text + ")" : text);
    }
    if (condition.value().isAny()) {
      return new Demand(
          negated ? Kind.SOME : Kind.NO,
          new Condition(false, condition.name(), condition.value()),
          negated ? "!(" + text + ")" : text);
    }
    return new Demand(negated ? Kind.OTHER : Kind.EVERY, condition, text);
  }

  // -- Conflicts ----------------------------------------------------------------------------------

  private static Optional<String> conflict(List<Demand> all) {
    for (Demand one : all) {
      if (one.kind() == Kind.SOME && one.condition().value().isNone()) {
        return Optional.of("'" + one.text() + "' can match no tag");
      }
      for (Demand other : all) {
        if (one.kind() == Kind.SOME && excludes(one.condition(), other)) {
          return Optional.of("'" + one.text() + "' and '" + other.text() + "' exclude each other");
        }
      }
    }
    return Optional.empty();
  }

  /** Whether a tag that the first wants cannot be there with the other. */
  private static boolean excludes(Condition wanted, Demand other) {
    Condition condition = other.condition();
    boolean named =
        wanted.name() instanceof TextPattern.Exact name
            ? condition.name().matches(name.literal())
            : wanted.name().equals(condition.name());
    boolean exact = wanted.name() instanceof TextPattern.Exact;
    return switch (other.kind()) {
      case NO ->
          named
              && (condition.value().isAny()
                  || condition.value().equals(wanted.value())
                  || literal(wanted).filter(condition.value()::holdsFor).isPresent());
      case SOME ->
          exact
              && wanted.name().equals(condition.name())
              && literal(wanted).filter(v -> !condition.value().holdsFor(v)).isPresent();
      case EVERY ->
          (named && exact)
              || literal(wanted).filter(v -> !condition.value().holdsFor(v)).isPresent();
      case OTHER -> false;
    };
  }

  /** The only value that passes, if there is just one. */
  private static Optional<String> literal(Condition condition) {
    return !condition.value().negated()
            && condition.value().pattern() instanceof TextPattern.Exact exact
        ? Optional.of(exact.literal())
        : Optional.empty();
  }
}
