package io.opsautomator.templategen.cloudformation;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Values as JSON (RFC 8259). */
final class JsonText {
  private static final int STEP = 2;

  private final StringBuilder out = new StringBuilder();

  private JsonText() {}

  static String of(Value value) {
    JsonText text = new JsonText();
    text.write(value, STEP);
    return text.out.toString();
  }

  private void write(Value value, int indent) {
    if (value instanceof Scalar scalar) {
      out.append(scalar(scalar));
    } else if (value instanceof Items items) {
      items(items.values(), indent);
    } else if (value instanceof Fields fields) {
      fields(fields.entries(), indent);
    } else if (value instanceof Call call) {
      fields(Map.of(call.function(), call.argument()), indent);
    }
  }

  private void items(List<Value> values, int indent) {
    if (values.isEmpty()) {
      out.append("[]");
      return;
    }
    String separator = "[";
    for (Value value : values) {
      line(separator, indent);
      write(value, indent + STEP);
      separator = ",";
    }
    line("", indent - STEP);
    out.append(']');
  }

  private void fields(Map<String, Value> entries, int indent) {
    if (entries.isEmpty()) {
      out.append("{}");
      return;
    }
    String separator = "{";
    for (Map.Entry<String, Value> entry : entries.entrySet()) {
      line(separator, indent);
      out.append(quoted(entry.getKey())).append(": ");
      write(entry.getValue(), indent + STEP);
      separator = ",";
    }
    line("", indent - STEP);
    out.append('}');
  }

  private void line(String before, int indent) {
    out.append(before).append('\n').append(" ".repeat(indent));
  }

  private static String scalar(Scalar scalar) {
    if (scalar.raw() instanceof BigDecimal number) {
      return number.toPlainString();
    }
    return scalar.raw() instanceof Boolean
        ? scalar.raw().toString()
        : quoted(scalar.raw().toString());
  }

  /** Also a YAML text in double quotes. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c == '\n') {
        quoted.append("\\n");
      } else if (c < ' ' || c == 0x7f || c == 0x85 || c == 0x2028 || c == 0x2029) {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
