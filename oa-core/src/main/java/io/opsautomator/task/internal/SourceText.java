package io.opsautomator.task.internal;

import io.opsautomator.task.internal.SourceNode.Entry;
import io.opsautomator.task.internal.SourceNode.Extent;
import io.opsautomator.task.internal.SourceNode.Fields;
import io.opsautomator.task.internal.SourceNode.Items;
import io.opsautomator.task.internal.SourceNode.Place;
import io.opsautomator.task.internal.SourceNode.Scalar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text being read, and what YAML and JSON have in common: making nodes within the limits.
 *
 * <p>What a bare word means is less than in YAML 1.1, on purpose. {@code no} is a text (the fields
 * that want a boolean read it as one), {@code 012345678901} is a text too, or an account number
 * would lose its zero, and so are {@code 10:30} and dates.
 */
final class SourceText {
  static final int MAX_DEPTH = 100;
  static final long MAX_VALUES = 1_000_000;

  private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]{0,17})");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(0|[1-9][0-9]{0,99})([.][0-9]{1,99})?([eE][-+]?[0-9]{1,2})?");

  private final List<String> lines;

  SourceText(String text) {
    this.lines = text.lines().toList();
  }

  Scalar quoted(Place place, String text) {
    return new Scalar(place, text, text, column(place, text));
  }

  Scalar bare(Place place, String text) {
    return new Scalar(place, text, meaning(text), column(place, text));
  }

  private static @Nullable Object meaning(String text) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> null;
      case "true", "True", "TRUE" -> true;
      case "false", "False", "FALSE" -> false;
      default -> number(text);
    };
  }

  private static Object number(String text) {
    if (WHOLE.matcher(text).matches()) {
      return Long.valueOf(text);
    }
    return DECIMAL.matcher(text).matches() ? new BigDecimal(text) : text;
  }

  /** A quote or nothing may stand before the text. */
  private int column(Place place, String text) {
    String line = place.line() <= lines.size() ? lines.get(place.line() - 1) : "";
    if (line.startsWith(text, place.column() - 1)) {
      return place.column();
    }
    return line.startsWith(text, place.column()) ? place.column() + 1 : 0;
  }

  Items items(Place place, List<SourceNode> items) throws SourceException {
    return new Items(place, List.copyOf(items), within(place, Extent.around(items)));
  }

  Fields fields(Place place, List<Entry> entries) throws SourceException {
    List<SourceNode> inner = new ArrayList<>();
    entries.forEach(entry -> inner.add(entry.value()));
    return new Fields(place, List.copyOf(entries), within(place, Extent.around(inner)));
  }

  private static Extent within(Place place, Extent extent) throws SourceException {
    descend(place, extent.depth());
    if (extent.values() > MAX_VALUES) {
      throw fault(
          place,
          "has more than "
              + MAX_VALUES
              + " values when its aliases are unfolded; no task needs that");
    }
    return extent;
  }

  /** Fails before the stack does. */
  static void descend(Place place, int depth) throws SourceException {
    if (depth > MAX_DEPTH) {
      throw fault(place, "nested deeper than " + MAX_DEPTH + " levels, no task needs that");
    }
  }

  static SourceException fault(Place place, String problem) {
    return new SourceException(place.line(), place.column(), problem, null);
  }

  /** For a parser that knows an offset only. */
  Optional<Place> placeOf(String text, int offset) {
    if (offset < 0 || offset > text.length()) {
      return Optional.empty();
    }
    return Optional.of(after(text.substring(0, offset)));
  }

  /** Where what follows this text stands. A line ends as {@link String#lines} has it. */
  static Place after(String text) {
    int line = (int) (text + "|").lines().count();
    int lastBreak = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
    return new Place(line, text.length() - lastBreak);
  }
}
