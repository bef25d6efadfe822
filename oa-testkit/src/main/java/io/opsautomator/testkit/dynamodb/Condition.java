package io.opsautomator.testkit.dynamodb;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A condition, filter or key condition, parsed. */
sealed interface Condition {
  /** Whether an item fulfils it; an item that is not there has no attributes. */
  boolean holds(Map<String, AttributeValue> item);

  /** What it compares with something, if it does. */
  default Optional<Operand> subject() {
    return Optional.empty();
  }

  record And(Condition left, Condition right) implements Condition {
    @Override
    public boolean holds(Map<String, AttributeValue> item) {
      return left.holds(item) && right.holds(item);
    }
  }

  record Or(Condition left, Condition right) implements Condition {
    @Override
    public boolean holds(Map<String, AttributeValue> item) {
      return left.holds(item) || right.holds(item);
    }
  }

  record Not(Condition not) implements Condition {
    @Override
    public boolean holds(Map<String, AttributeValue> item) {
      return !not.holds(item);
    }
  }

  record Exists(Path path, boolean there) implements Condition {
    @Override
    public boolean holds(Map<String, AttributeValue> item) {
      return path.in(item).isPresent() == there;
    }
  }

  record HasType(Path path, String type) implements Condition {
    @Override
    public boolean holds(Map<String, AttributeValue> item) {
      return path.in(item).filter(value -> Values.type(value).equals(type)).isPresent();
    }
  }

  /**
   * @param sign one of = <> < <= > >=
   */
  record Compares(Operand left, String sign, Operand right) implements Condition {
    @Override
    public Optional<Operand> subject() {
      return Optional.of(left);
    }

    @Override
    public boolean holds(Map<String, AttributeValue> item) {
      Optional<AttributeValue> one = left.in(item);
      Optional<AttributeValue> two = right.in(item);
      if (one.isEmpty() || two.isEmpty()) {
        return sign.equals("<>");
      }
      return compares(one.get(), sign, two.get());
    }
  }

  static boolean compares(AttributeValue one, String sign, AttributeValue two) {
    if (sign.equals("=")) {
      return Values.equal(one, two);
    }
    if (sign.equals("<>")) {
      return !Values.equal(one, two);
    }
    if (one.type() != two.type() || !Values.ordered(one)) {
      return false;
    }
    int order = Values.compare(one, two);
    return switch (sign) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  record Between(Operand value, Operand low, Operand high) implements Condition {
    @Override
    public Optional<Operand> subject() {
      return Optional.of(value);
    }

    @Override
    public boolean holds(Map<String, AttributeValue> item) {
      Compares above = new Compares(value, ">=", low);
      Compares below = new Compares(value, "<=", high);
      return above.holds(item) && below.holds(item);
    }
  }

  record In(Operand value, List<Operand> among) implements Condition {
    @Override
    public boolean holds(Map<String, AttributeValue> item) {
      return among.stream().anyMatch(one -> new Compares(value, "=", one).holds(item));
    }
  }

  record BeginsWith(Operand value, Operand prefix) implements Condition {
    private static final Set<AttributeValue.Type> TYPES =
        Set.of(AttributeValue.Type.S, AttributeValue.Type.B);

    @Override
    public Optional<Operand> subject() {
      return Optional.of(value);
    }

    @Override
    public boolean holds(Map<String, AttributeValue> item) {
      Optional<AttributeValue> start = prefix.in(item);
      return value
          .in(item)
          .filter(all -> TYPES.contains(all.type()))
          .filter(all -> start.filter(first -> Values.startsWith(all, first)).isPresent())
          .isPresent();
    }
  }

  record Contains(Operand whole, Operand part) implements Condition {
    @Override
    public boolean holds(Map<String, AttributeValue> item) {
      Optional<AttributeValue> sought = part.in(item);
      return whole
          .in(item)
          .filter(all -> sought.filter(one -> contains(all, one)).isPresent())
          .isPresent();
    }

    private static boolean contains(AttributeValue all, AttributeValue one) {
      return switch (all.type()) {
        case S -> one.type() == AttributeValue.Type.S && all.s().contains(one.s());
        case SS -> one.type() == AttributeValue.Type.S && all.ss().contains(one.s());
        case NS -> one.type() == AttributeValue.Type.N && all.ns().contains(one.n());
        case BS -> one.type() == AttributeValue.Type.B && all.bs().contains(one.b());
        case L -> all.l().stream().anyMatch(member -> Values.equal(member, one));
        default -> false;
      };
    }
  }
}
