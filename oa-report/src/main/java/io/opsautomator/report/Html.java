package io.opsautomator.report;

import io.opsautomator.text.Cleaning;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * Writes markup that is well-formed and says nothing but what it was told to.
 *
 * <p>Every text and every value of an attribute passes {@link #escaped}: names, tags, reasons and
 * errors of strangers stay texts wherever they are put. Names of elements and attributes are always
 * ours; nothing of a stranger goes into an address, a style or a script. Not thread-safe.
 */
final class Html {
  private final StringBuilder out = new StringBuilder(1 << 16);
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * As a text or the value of a quoted attribute. Control characters, and marks that turn the
   * writing around, become blanks.
   */
  static String escaped(String text) {
    String line = Cleaning.ONE_LINE.apply(text);
    StringBuilder safe = new StringBuilder(line.length() + 16);
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> safe.append(c);
      }
    }
    return safe.toString();
  }

  /**
   * @param attributes names and values in turn
   */
  Html open(String tag, String... attributes) {
    start(tag, attributes);
    open.push(tag);
    return this;
  }

  Html close() {
    out.append("</").append(open.pop()).append(">\n");
    return this;
  }

  Html text(String text) {
    out.append(escaped(text));
    return this;
  }

  /** An element with nothing but a text in it. */
  Html leaf(String tag, String text, String... attributes) {
    start(tag, attributes);
    out.append(escaped(text)).append("</").append(tag).append(">\n");
    return this;
  }

  /** An element that never has an end, such as {@code meta}. */
  Html single(String tag, String... attributes) {
    start(tag, attributes);
    return this;
  }

  /** A style or a script, which are not escaped: what is ours, or has been made fit for it. */
  Html verbatim(String tag, String ours, String... attributes) {
    if (ours.toLowerCase(Locale.ROOT).contains("</" + tag)) {
      throw new IllegalArgumentException("a " + tag + " that ends itself");
    }
    start(tag, attributes);
    out.append(ours).append("</").append(tag).append(">\n");
    return this;
  }

  private void start(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i + 1 < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      out.append(escaped(attributes[i + 1])).append('"');
    }
    out.append('>');
  }

  /**
   * @throws IllegalStateException if an element is open still
   */
  String done() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("not closed: " + open);
    }
    return "<!DOCTYPE html>\n" + out;
  }
}
