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
import java.util.stream.IntStream;
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

  /** Values and names a file may have: what is refused in the end must not be kept until then. */
  private static final int MAX_READ = 400_000;

  private static final int MAX_LINE = 1_000_000;

  private final String text;
  private final int[] starts;
  private int read;

  SourceText(String text) {
    this.text = text;
    this.starts = starts(text);
  }

  /** Where lines begin; a file may be nothing but lines, so they are not cut out. */
  private static int[] starts(String text) {
    IntStream.Builder starts = IntStream.builder();
    starts.add(0);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || (c == '\r' && !text.startsWith("\n", i + 1))) {
        starts.add(i + 1);
      }
    }
    return starts.build().toArray();
  }

  Scalar quoted(Place place, String word) throws SourceException {
    count(place);
    return new Scalar(place, word, word, column(place, word));
  }

  Scalar bare(Place place, String word) throws SourceException {
    count(place);
    return new Scalar(place, word, meaning(word), column(place, word));
  }

  private void count(Place place) throws SourceException {
    if (++read > MAX_READ) {
      throw fault(place, "has more than " + MAX_READ + " values; no task needs that, split it");
    }
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

  /** A quote or nothing may stand before the word. */
  private int column(Place place, String word) {
    if (stands(word, place.line(), place.column())) {
      return place.column();
    }
    return stands(word, place.line(), place.column() + 1) ? place.column() + 1 : 0;
  }

  private boolean stands(String word, int line, int column) {
    if (line > starts.length) {
      return false;
    }
    int from = starts[line - 1] + column - 1;
    int end = line < starts.length ? starts[line] : text.length();
    return from + word.length() <= end && text.startsWith(word, from);
  }

  Items items(Place place, List<SourceNode> items) throws SourceException {
    count(place);
    return new Items(place, List.copyOf(items), within(place, Extent.around(items)));
  }

  Fields fields(Place place, List<Entry> entries) throws SourceException {
    count(place);
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

  /** Fails on a line so long that a parser which copies what it looks ahead at takes seconds. */
  void checkLines() throws SourceException {
    for (int line = 1; line <= starts.length; line++) {
      int end = line < starts.length ? starts[line] : text.length();
      if (end - starts[line - 1] > MAX_LINE) {
        throw fault(
            new Place(line, 1), "a line of more than " + MAX_LINE + " characters; break it");
      }
    }
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
