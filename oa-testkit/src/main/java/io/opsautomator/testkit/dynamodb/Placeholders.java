package io.opsautomator.testkit.dynamodb;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The names and values that the expressions of one request are given; all of them must be used. */
final class Placeholders {
  private static final Set<String> RESERVED = reserved();

  private final Set<String> scalars;
  private final Map<String, String> names;
  private final Map<String, AttributeValue> values;
  private final Set<String> unused = new HashSet<>();

  /**
   * Empty maps where there are none, as the SDK has it.
   *
   * @param table whose key attributes are known to have nothing within
   */
  Placeholders(Table table, Map<String, String> names, Map<String, AttributeValue> values) {
    this.scalars = table.keyAttributes();
    this.names = names;
    this.values = new LinkedHashMap<>();
    names.keySet().forEach(name -> check(name, '#'));
    values.forEach(
        (name, value) -> {
          check(name, ':');
          this.values.put(name, Values.checked(value));
        });
    unused.addAll(names.keySet());
    unused.addAll(values.keySet());
  }

  private static void check(String name, char sign) {
    boolean good = name.length() > 1 && name.charAt(0) == sign;
    for (int i = 1; good && i < name.length(); i++) {
      char c = name.charAt(i);
      good = c < 128 && Character.isLetterOrDigit(c) || c == '_';
    }
    if (!good) {
      throw Refusals.validation("Invalid placeholder, syntax error; key: \"" + name + "\"");
    }
  }

  private static Set<String> reserved() {
    try (InputStream in = Placeholders.class.getResourceAsStream("reserved-words.txt")) {
      if (in == null) {
        throw new IllegalStateException(
            "reserved-words.txt is missing beside " + Placeholders.class);
      }
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Set.of(all.strip().split("\\s+"));
    } catch (IOException e) {
      throw new UncheckedIOException("reserved-words.txt cannot be read", e);
    }
  }

  /**
   * @param word of an expression: a name as it is, or one that stands for another
   */
  String name(String word) {
    if (!word.startsWith("#")) {
      return plain(word);
    }
    String name = names.get(word);
    if (name == null) {
      throw Refusals.validation("An expression attribute name is not defined: " + word);
    }
    unused.remove(word);
    return name;
  }

  private static String plain(String word) {
    if (word.isEmpty() || !Character.isLetter(word.charAt(0))) {
      throw Refusals.validation("Syntax error; token: \"" + word + "\"");
    }
    if (RESERVED.contains(word.toUpperCase(Locale.ROOT))) {
      throw Refusals.validation("Attribute name is a reserved keyword; reserved keyword: " + word);
    }
    return word;
  }

  AttributeValue value(String word) {
    AttributeValue value = values.get(word);
    if (value == null) {
      throw Refusals.validation("An expression attribute value is not defined: " + word);
    }
    unused.remove(word);
    return value;
  }

  void check(Path path) {
    if (!path.isTop() && scalars.contains(path.top())) {
      throw Refusals.validation(
          "Key attributes must be scalars; list random access '[]' and map lookup '.' are not"
              + " allowed: "
              + path);
    }
  }

  /** When all expressions of the request have been read. */
  void checkUsed() {
    if (!unused.isEmpty()) {
      throw Refusals.validation("Names or values unused in expressions: keys: " + unused);
    }
  }
}
