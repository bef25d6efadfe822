package io.opsautomator.testkit.dynamodb;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Applies an update to an item. All that it reads is the item as it was; positions in a list are
 * those of before, whatever else is removed from it.
 */
final class Updates {
  private final Map<String, AttributeValue> before;
  private final List<Placed> placed = new ArrayList<>();
  private final List<Path> removed;

  private record Placed(Path path, AttributeValue value) {}

  private Updates(Map<String, AttributeValue> before, Update update) {
    this.before = before;
    this.removed = new ArrayList<>(update.removes());
    update.sets().forEach(set -> placed.add(new Placed(set.path(), value(set.value()))));
    update.adds().forEach(this::add);
    update.deletes().forEach(this::delete);
  }

  static Map<String, AttributeValue> apply(Map<String, AttributeValue> before, Update update) {
    return new Updates(before, update).applied();
  }

  private Map<String, AttributeValue> applied() {
    Map<String, AttributeValue> item = new LinkedHashMap<>(before);
    placed.sort(Comparator.comparing(Placed::path, Updates::byPosition));
    for (Placed place : placed) {
      put(item, place.path(), place.value());
    }
    removed.sort(((Comparator<Path>) Updates::byPosition).reversed());
    for (Path path : removed) {
      put(item, path, null);
    }
    return item;
  }

  /** The order of positions in the same list; of no meaning otherwise. */
  private static int byPosition(Path one, Path other) {
    int common = Math.min(one.steps().size(), other.steps().size());
    for (int i = 0; i < common; i++) {
      if (!one.steps().get(i).equals(other.steps().get(i))) {
        return Integer.compare(position(one.steps().get(i)), position(other.steps().get(i)));
      }
    }
    return 0;
  }

  private static int position(Path.Step step) {
    return step instanceof Path.Step.Index index ? index.number() : -1;
  }

  // -- Values -------------------------------------------------------------------------------------

  private AttributeValue value(Operand operand) {
    if (operand instanceof Operand.Attribute attribute) {
      return attribute.path().in(before).orElseThrow(Updates::missing);
    }
    if (operand instanceof Operand.Literal literal) {
      return literal.value();
    }
    if (operand instanceof Operand.IfNotExists either) {
      return either.path().in(before).orElseGet(() -> value(either.otherwise()));
    }
    if (operand instanceof Operand.ListAppend append) {
      List<AttributeValue> all = new ArrayList<>(list(append.first()));
      all.addAll(list(append.second()));
      return AttributeValue.fromL(all);
    }
    if (operand instanceof Operand.Sum sum) {
      BigDecimal right = number(sum.right());
      return Values.calculated(number(sum.left()).add(sum.minus() ? right.negate() : right));
    }
    throw new IllegalArgumentException(operand + " is no operand of an update");
  }

  private List<AttributeValue> list(Operand operand) {
    return typed(value(operand), "L").l();
  }

  private BigDecimal number(Operand operand) {
    return Values.number(typed(value(operand), "N"));
  }

  private static AttributeValue typed(AttributeValue value, String type) {
    if (!Values.is(value, type)) {
      throw Refusals.validation("An operand in the update expression has an incorrect data type");
    }
    return value;
  }

  private static RuntimeException missing() {
    return Refusals.validation(
        "The provided expression refers to an attribute that does not exist in the item");
  }

  private void add(Update.Member add) {
    Optional<AttributeValue> old = add.path().in(before);
    if (old.isEmpty()) {
      placed.add(new Placed(add.path(), add.value()));
      return;
    }
    AttributeValue was = typed(old.get(), Values.type(add.value()));
    AttributeValue now =
        Values.is(was, "N")
            ? Values.calculated(Values.number(was).add(Values.number(add.value())))
            : Sets.union(was, add.value());
    placed.add(new Placed(add.path(), now));
  }

  private void delete(Update.Member delete) {
    Optional<AttributeValue> old = delete.path().in(before);
    if (old.isEmpty()) {
      removed.add(delete.path()); // Does nothing, but wants a place for it.
      return;
    }
    AttributeValue was = typed(old.get(), Values.type(delete.value()));
    Optional<AttributeValue> rest = Sets.difference(was, delete.value());
    if (rest.isPresent()) {
      placed.add(new Placed(delete.path(), rest.get()));
    } else {
      removed.add(delete.path());
    }
  }

  // -- Places -------------------------------------------------------------------------------------

  /** Changes what is at a path of a mutable item; null removes it. */
  private static void put(
      Map<String, AttributeValue> item, Path path, @Nullable AttributeValue value) {
    if (path.isTop()) {
      set(item, path.top(), value);
      return;
    }
    AttributeValue top = item.get(path.top());
    if (top == null) {
      throw invalid();
    }
    item.put(path.top(), with(top, path.steps(), 1, value));
  }

  private static void set(
      Map<String, AttributeValue> map, String name, @Nullable AttributeValue value) {
    if (value == null) {
      map.remove(name);
    } else {
      map.put(name, value);
    }
  }

  private static AttributeValue with(
      AttributeValue parent, List<Path.Step> steps, int at, @Nullable AttributeValue value) {
    Path.Step step = steps.get(at);
    @Nullable AttributeValue now = value;
    if (at + 1 < steps.size()) {
      AttributeValue below = Path.below(parent, step);
      if (below == null) {
        throw invalid();
      }
      now = with(below, steps, at + 1, value);
    }
    return step instanceof Path.Step.Name name
        ? inMap(parent, name.name(), now)
        : inList(parent, ((Path.Step.Index) step).number(), now);
  }

  private static AttributeValue inMap(
      AttributeValue parent, String name, @Nullable AttributeValue value) {
    if (!Values.is(parent, "M")) {
      throw invalid();
    }
    Map<String, AttributeValue> map = new LinkedHashMap<>(parent.m());
    set(map, name, value);
    return AttributeValue.fromM(map);
  }

  private static AttributeValue inList(
      AttributeValue parent, int number, @Nullable AttributeValue value) {
    if (!Values.is(parent, "L")) {
      throw invalid();
    }
    List<AttributeValue> list = new ArrayList<>(parent.l());
    if (value == null) {
      if (number < list.size()) {
        list.remove(number);
      }
    } else if (number < list.size()) {
      list.set(number, value);
    } else {
      list.add(value);
    }
    return AttributeValue.fromL(list);
  }

  private static RuntimeException invalid() {
    return Refusals.validation(
        "The document path provided in the update expression is invalid for update");
  }
}
