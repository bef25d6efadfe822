package io.opsautomator.testkit.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a key condition selects: one partition, and in it all, or what lies in an interval.
 *
 * @param within of the range value; always holds if absent
 * @param low the least value that can be within
 * @param high the greatest
 */
record Interval(
    AttributeValue hash,
    Optional<Condition> within,
    @Nullable AttributeValue low,
    @Nullable AttributeValue high) {

  static Interval of(Shape shape, Condition condition) {
    List<Condition> parts = new ArrayList<>();
    flatten(condition, parts);
    List<Condition> onHash = parts.stream().filter(one -> isOn(one, shape.hash())).toList();
    List<Condition> onRange =
        parts.stream().filter(one -> shape.range().filter(r -> isOn(one, r)).isPresent()).toList();
    boolean all = onHash.size() == 1 && onHash.size() + onRange.size() == parts.size();
    if (!all || onRange.size() > 1) {
      throw Refusals.validation("Query key condition not supported");
    }
    if (!(onHash.get(0) instanceof Condition.Compares equal) || !equal.sign().equals("=")) {
      throw Refusals.validation("Query key condition not supported");
    }
    AttributeValue hash = literal(equal.right(), shape, shape.hash());
    return onRange.isEmpty()
        ? new Interval(hash, Optional.empty(), null, null)
        : ranged(hash, onRange.get(0), shape, shape.range().orElseThrow());
  }

  private static void flatten(Condition condition, List<Condition> parts) {
    if (condition instanceof Condition.And and) {
      flatten(and.left(), parts);
      flatten(and.right(), parts);
    } else {
      parts.add(condition);
    }
  }

  private static boolean isOn(Condition condition, String attribute) {
    return condition
        .subject()
        .filter(Operand.Attribute.class::isInstance)
        .map(operand -> ((Operand.Attribute) operand).path())
        .filter(path -> path.isTop() && path.top().equals(attribute))
        .isPresent();
  }

  private static Interval ranged(
      AttributeValue hash, Condition condition, Shape shape, String range) {
    Optional<Condition> within = Optional.of(condition);
    if (condition instanceof Condition.Between between) {
      AttributeValue low = literal(between.low(), shape, range);
      AttributeValue high = literal(between.high(), shape, range);
      return new Interval(hash, within, low, high);
    }
    if (condition instanceof Condition.BeginsWith begins) {
      return new Interval(hash, within, literal(begins.prefix(), shape, range), null);
    }
    Condition.Compares compares = (Condition.Compares) condition;
    AttributeValue bound = literal(compares.right(), shape, range);
    return switch (compares.sign()) {
      case "=" -> new Interval(hash, within, bound, bound);
      case "<", "<=" -> new Interval(hash, within, null, bound);
      case ">", ">=" -> new Interval(hash, within, bound, null);
      default -> throw Refusals.validation("Unsupported operator on KeyConditions: " + compares);
    };
  }

  private static AttributeValue literal(Operand operand, Shape shape, String attribute) {
    if (!(operand instanceof Operand.Literal literal)) {
      throw Refusals.validation("Query key condition not supported");
    }
    shape.checkMember(attribute, literal.value());
    return literal.value();
  }

  /** Whether an item of the partition is within. */
  boolean holds(Map<String, AttributeValue> item) {
    return within.isEmpty() || within.get().holds(item);
  }

  /** Whether an item, met in order, lies behind all that can be within. */
  boolean isBehind(Position position, boolean forward) {
    @Nullable AttributeValue value = position.range();
    if (value == null) {
      return false;
    }
    if (forward) {
      return high != null && Values.compare(value, high) > 0;
    }
    return low != null && Values.compare(value, low) < 0;
  }

  /**
   * Whether nothing can follow a range value of the table, as it is at the end that an inclusive
   * condition names.
   */
  boolean endsAt(@Nullable AttributeValue range, boolean forward) {
    boolean inclusive = within.filter(Interval::isInclusive).isPresent();
    @Nullable AttributeValue end = forward ? high : low;
    return inclusive && end != null && end.equals(range);
  }

  private static boolean isInclusive(Condition condition) {
    return condition instanceof Condition.Between
        || condition instanceof Condition.Compares compares
            && (compares.sign().equals("<=") || compares.sign().equals(">="));
  }
}
