package io.opsautomator.templategen.cloudformation;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Values as YAML that readers of version 1.1 and 1.2 understand alike: a text stands without quotes
 * only if it cannot be taken for anything else.
 */
final class YamlText {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z/][A-Za-z0-9_./-]*(::?[A-Za-z0-9]+)*");
  private static final Pattern PLAIN_SENTENCE =
      Pattern.compile("[A-Za-z][A-Za-z0-9_./()-]*( [A-Za-z0-9(][A-Za-z0-9_./();,-]*)*");
  private static final Pattern PRINTABLE = Pattern.compile("[ -~\\u00a1-\\u1fff]*");
  private static final Set<String> WORDS =
      Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf");

  private final StringBuilder out = new StringBuilder();

  private YamlText() {}

  static String of(Fields fields) {
    YamlText text = new YamlText();
    text.entries(fields.entries(), 0, false);
    return text.out.toString();
  }

  /** {@code open}: the first one goes on the line that has been begun. */
  private void entries(Map<String, Value> entries, int indent, boolean open) {
    boolean begun = open;
    for (Map.Entry<String, Value> entry : entries.entrySet()) {
      out.append(begun ? "" : " ".repeat(indent)).append(text(entry.getKey())).append(':');
      below(entry.getValue(), indent);
      begun = false;
    }
  }

  /** After a key: on the same line, or indented below. */
  private void below(Value value, int indent) {
    if (value instanceof Items items && !items.values().isEmpty()) {
      out.append('\n');
      items(items.values(), indent + 2);
    } else if (entriesOf(value).isEmpty()) {
      out.append(' ').append(inline(value)).append('\n');
    } else {
      out.append('\n');
      entries(entriesOf(value), indent + 2, false);
    }
  }

  private void items(List<Value> values, int indent) {
    for (Value value : values) {
      out.append(" ".repeat(indent)).append('-');
      if (value instanceof Items inner && !inner.values().isEmpty()) {
        out.append('\n');
        items(inner.values(), indent + 2);
      } else if (entriesOf(value).isEmpty()) {
        out.append(' ').append(inline(value)).append('\n');
      } else {
        out.append(' ');
        entries(entriesOf(value), indent + 2, true);
      }
    }
  }

  private static Map<String, Value> entriesOf(Value value) {
    if (value instanceof Fields fields) {
      return fields.entries();
    }
    return value instanceof Call call ? Map.of(call.function(), call.argument()) : Map.of();
  }

  private static String inline(Value value) {
    if (value instanceof Scalar scalar) {
      return scalar.raw() instanceof String text
          ? text(text)
          : scalar.raw() instanceof BigDecimal n ? n.toPlainString() : scalar.raw().toString();
    }
    return value instanceof Items ? "[]" : "{}";
  }

  private static String text(String text) {
    boolean word = WORDS.contains(text.toLowerCase(Locale.ROOT));
    if (!word && (PLAIN.matcher(text).matches() || PLAIN_SENTENCE.matcher(text).matches())) {
      return text;
    }
    return PRINTABLE.matcher(text).matches()
        ? "'" + text.replace("'", "''") + "'"
        : JsonText.quoted(text);
  }
}
