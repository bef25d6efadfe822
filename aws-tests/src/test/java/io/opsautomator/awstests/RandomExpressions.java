package io.opsautomator.awstests;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Attribute values, items and expressions at random, from so small a world that conditions hold
 * about as often as not; some are wrong in one of the ways that the service refuses. One instance
 * collects the names and values of one request.
 */
final class RandomExpressions {
  private static final List<String> ATTRIBUTES = List.of("a", "b", "c", "m", "l", "g", "h", "size");
  private static final List<String> KEYS = List.of("pk", "sk", "g", "h");
  private static final List<String> NO_KEYS = List.of("a", "b", "c", "m", "l", "size");
  private static final List<String> WORDS = List.of("x", "xy", "y", "yz", "", "é", "𝄞");
  private static final List<String> NUMBERS =
      List.of("0", "1", "2", "-1", "1.50", "100", "1E2", "0.000001", "12345678901234567890");

  private final Random random;
  private final Map<String, String> names = new TreeMap<>();
  private final Map<String, AttributeValue> values = new TreeMap<>();

  RandomExpressions(Random random) {
    this.random = random;
  }

  Map<String, String> names() {
    return names;
  }

  Map<String, AttributeValue> values() {
    return values;
  }

  private <T> T of(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  private boolean in(int percent) {
    return random.nextInt(100) < percent;
  }

  // -- Values -------------------------------------------------------------------------------------

  AttributeValue value(int depth) {
    return switch (random.nextInt(depth > 0 ? 10 : 5)) {
      case 0, 1 -> AttributeValue.fromS(of(WORDS));
      case 2 -> AttributeValue.fromN(of(NUMBERS));
      case 3 -> in(50) ? AttributeValue.fromBool(random.nextBoolean()) : bytes();
      case 4 -> in(80) ? AttributeValue.fromN(of(NUMBERS)) : AttributeValue.fromNul(true);
      case 5 -> AttributeValue.fromSs(some(WORDS));
      case 6 -> AttributeValue.fromNs(some(List.of("1", "2", "30", "4.5")));
      case 7 -> AttributeValue.fromL(list(depth - 1));
      default -> AttributeValue.fromM(map(depth - 1));
    };
  }

  private AttributeValue bytes() {
    byte[] some = new byte[random.nextInt(3)];
    random.nextBytes(some);
    return AttributeValue.fromB(SdkBytes.fromByteArray(some));
  }

  private <T> List<T> some(List<T> all) {
    List<T> some = new ArrayList<>(all);
    some.removeIf(one -> in(50));
    return some.isEmpty() && in(95) ? List.of(all.get(0)) : some;
  }

  private List<AttributeValue> list(int depth) {
    List<AttributeValue> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(value(depth));
    }
    return list;
  }

  Map<String, AttributeValue> map(int depth) {
    Map<String, AttributeValue> map = new LinkedHashMap<>();
    for (String name : List.of("a", "b", "l")) {
      if (in(60)) {
        map.put(name, value(depth));
      }
    }
    return map;
  }

  Map<String, AttributeValue> goodKey() {
    Map<String, AttributeValue> key = new LinkedHashMap<>();
    key.put("pk", AttributeValue.fromS("p" + random.nextInt(2)));
    key.put("sk", AttributeValue.fromS(of(List.of("s", "s1", "s2", "t"))));
    return key;
  }

  /** Now and then one that is none. */
  Map<String, AttributeValue> key() {
    Map<String, AttributeValue> key = goodKey();
    if (in(2)) {
      key.put(of(List.of("pk", "sk", "a")), in(50) ? AttributeValue.fromS("") : value(0));
    }
    if (in(1)) {
      key.remove("sk");
    }
    return key;
  }

  Map<String, AttributeValue> item() {
    Map<String, AttributeValue> item = key();
    for (String name : ATTRIBUTES) {
      if (in(55)) {
        item.put(name, attribute(name));
      }
    }
    return item;
  }

  private AttributeValue attribute(String name) {
    if (in(3)) {
      return value(2);
    }
    return switch (name) {
      case "g", "h" -> indexed(name);
      case "m" -> AttributeValue.fromM(map(1));
      case "l" -> AttributeValue.fromL(list(1));
      case "a" -> AttributeValue.fromN(of(NUMBERS));
      case "b" -> AttributeValue.fromSs(List.of("x", "y"));
      default -> value(2);
    };
  }

  private AttributeValue indexed(String name) {
    return name.equals("g")
        ? AttributeValue.fromS("g" + random.nextInt(2))
        : AttributeValue.fromN(Integer.toString(random.nextInt(4)));
  }

  // -- Expressions --------------------------------------------------------------------------------

  private String literal(AttributeValue value) {
    String name = ":v" + values.size();
    values.put(name, value);
    return in(1) ? ":undefined" : name;
  }

  private String name(String attribute) {
    boolean must = attribute.equals("size"); // Reserved, which DynamoDB Local forgets.
    if (!must && in(60)) {
      return attribute;
    }
    names.put("#" + attribute, attribute);
    return "#" + attribute;
  }

  /** Of what is updated, or asked for. */
  private String path() {
    return path(of(ATTRIBUTES));
  }

  /** Key attributes have nothing within; DynamoDB Local says so sooner or later. */
  private String path(String top) {
    StringBuilder path = new StringBuilder(name(top));
    for (int i = in(60) || KEYS.contains(top) ? 0 : 1 + random.nextInt(2); i > 0; i--) {
      if (in(60)) {
        path.append('.').append(name(of(List.of("a", "b", "l"))));
      } else {
        path.append('[').append(random.nextInt(3)).append(']');
      }
    }
    return path.toString();
  }

  private String operand() {
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> path();
      case 3 -> "size(" + path() + ")";
      default -> literal(value(1));
    };
  }

  private String simple(AttributeValue value) {
    return literal(value);
  }

  private AttributeValue plain() {
    return in(50) ? AttributeValue.fromS(of(WORDS)) : AttributeValue.fromN(of(NUMBERS));
  }

  String condition(int depth) {
    if (depth > 0 && in(50)) {
      return switch (random.nextInt(5)) {
        case 0 -> condition(depth - 1) + " AND " + condition(depth - 1);
        case 1 -> condition(depth - 1) + " or " + condition(depth - 1);
        case 2 -> "NOT " + condition(depth - 1);
        case 3 -> "(" + condition(depth - 1) + ")";
        default -> "(" + condition(depth - 1) + ") AND NOT (" + condition(depth - 1) + ")";
      };
    }
    return switch (random.nextInt(12)) {
      case 0, 1 -> "attribute_exists(" + path(of(in(10) ? KEYS : ATTRIBUTES)) + ")";
      case 2 -> "attribute_not_exists(" + path() + ")";
      case 3 -> "attribute_type(" + path() + ", " + simple(AttributeValue.fromS(of(TYPES))) + ")";
      case 4 -> "begins_with(" + path() + ", " + simple(plain()) + ")";
      case 5 -> "contains(" + path() + ", " + operand() + ")";
      case 6 -> path() + " BETWEEN " + simple(plain()) + " AND " + simple(plain());
      case 7 -> path() + " IN (" + operand() + ", " + operand() + ")";
      case 8 -> path() + " = " + literal(value(1));
      default -> operand() + of(List.of(" = ", " <> ", "<", " <= ", " > ", ">= ")) + operand();
    };
  }

  private static final List<String> TYPES =
      List.of("S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS", "X");

  String projection() {
    List<String> paths = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      paths.add(path(of(in(10) ? KEYS : ATTRIBUTES)));
    }
    return String.join(", ", paths);
  }

  String update() {
    List<String> sections = new ArrayList<>();
    if (in(70)) {
      sections.add("SET " + several(this::assignment));
    }
    if (in(40)) {
      sections.add("REMOVE " + several(this::path));
    }
    if (in(20)) {
      sections.add("ADD " + several(() -> path(of(NO_KEYS)) + " " + literal(addend())));
    }
    if (in(15)) {
      sections.add("DELETE " + several(() -> path(of(NO_KEYS)) + " " + literal(addend())));
    }
    return sections.isEmpty() ? "SET a = " + literal(value(1)) : String.join(" ", sections);
  }

  private interface Text {
    String make();
  }

  private String several(Text text) {
    StringBuilder all = new StringBuilder(text.make());
    while (in(30)) {
      all.append(", ").append(text.make());
    }
    return all.toString();
  }

  private AttributeValue addend() {
    return switch (random.nextInt(4)) {
      case 0, 1 -> AttributeValue.fromN(of(NUMBERS));
      case 2 -> AttributeValue.fromSs(some(List.of("x", "y", "z")));
      default -> value(1);
    };
  }

  /** Index keys get values as they are: DynamoDB Local does not look at what was calculated. */
  private String assignment() {
    String path = path();
    boolean key = List.of("g", "h", "#g", "#h").contains(path);
    return path + " = " + (key ? literal(indexed(path.replace("#", ""))) : assigned());
  }

  private String assigned() {
    return switch (random.nextInt(8)) {
      case 0 -> "a" + (in(50) ? " + " : " - ") + literal(AttributeValue.fromN(of(NUMBERS)));
      case 1 ->
          "if_not_exists("
              + path()
              + ", "
              + literal(AttributeValue.fromN("0"))
              + ") + "
              + literal(AttributeValue.fromN(of(NUMBERS)));
      case 2 -> "list_append(l, " + literal(AttributeValue.fromL(list(0))) + ")";
      case 3 ->
          "list_append(if_not_exists("
              + path()
              + ", "
              + literal(AttributeValue.fromL(list(0)))
              + "), "
              + literal(AttributeValue.fromL(list(0)))
              + ")";
      case 4 -> path();
      default -> literal(value(2));
    };
  }

  /** Of the table, or of its index. */
  String keys(boolean index) {
    String hash = index ? name("g") : name("pk");
    String range = index ? name("h") : name("sk");
    String first =
        hash + " = " + literal(AttributeValue.fromS((index ? "g" : "p") + random.nextInt(2)));
    if (in(30)) {
      return first;
    }
    return in(80) ? first + " AND " + range(range, index) : range(range, index) + " AND " + first;
  }

  private String range(String range, boolean index) {
    return switch (random.nextInt(index ? 6 : 7)) {
      case 0 -> range + " = " + bound(index);
      case 1 -> range + " < " + bound(index);
      case 2 -> range + " <= " + bound(index);
      case 3 -> range + " > " + bound(index);
      case 4 -> range + " >= " + bound(index);
      case 5 -> range + " BETWEEN " + bound(index) + " AND " + bound(index);
      default -> "begins_with(" + range + ", " + bound(false) + ")";
    };
  }

  private String bound(boolean index) {
    return literal(
        index
            ? AttributeValue.fromN(Integer.toString(random.nextInt(4)))
            : AttributeValue.fromS(of(List.of("s", "s1", "s2", "t"))));
  }

  /** A name or a value that no expression uses. */
  void addUnused() {
    if (in(50)) {
      names.put("#unused", "a");
    } else {
      values.put(":unused", AttributeValue.fromS("x"));
    }
  }
}
