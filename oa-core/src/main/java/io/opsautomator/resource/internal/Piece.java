package io.opsautomator.resource.internal;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A name or value as it was read: its characters without the escape signs, which of them were
 * escaped, and where each stood in the source. Confined to the parser.
 */
final class Piece {
  private final String source;
  private final StringBuilder text = new StringBuilder();
  private final BitSet escaped = new BitSet();
  private int[] columns = new int[16];
  private final boolean regex;
  private final int start;

  Piece(String source, int start, boolean regex) {
    this.source = source;
    this.start = start;
    this.regex = regex;
  }

  void add(int column, boolean isEscaped) {
    int index = text.length();
    if (index == columns.length) {
      columns = Arrays.copyOf(columns, index * 2);
    }
    columns[index] = column;
    escaped.set(index, isEscaped);
    text.append(source.charAt(column));
  }

  void trimEnd() {
    int end = text.length();
    while (end > 0 && Character.isWhitespace(text.charAt(end - 1)) && !escaped.get(end - 1)) {
      end--;
    }
    text.setLength(end);
  }

  boolean isRegex() {
    return regex;
  }

  boolean isEmpty() {
    return text.isEmpty() && !regex;
  }

  String source() {
    return source;
  }

  String text() {
    return text.toString();
  }

  /** Where the character at {@code index} stood; where the piece begins if there is none. */
  int column(int index) {
    return index >= 0 && index < text.length() ? columns[index] : start;
  }

  boolean endsWithPlain(char c) {
    return hasPlain(text.length() - 1, c);
  }

  /** A star that the author may have meant as a wildcard: unescaped, but not at an end. */
  boolean hasInnerStar() {
    for (int i = 1; !regex && i < text.length() - 1; i++) {
      if (hasPlain(i, '*')) {
        return true;
      }
    }
    return false;
  }

  TextPattern pattern() {
    if (regex) {
      return new TextPattern.Regex(RegexSyntax.compile(this));
    }
    int last = text.length() - 1;
    boolean openStart = hasPlain(0, '*');
    boolean openEnd = last > 0 && hasPlain(last, '*');
    String core = text.substring(openStart ? 1 : 0, openEnd ? last : text.length());
    if (core.isEmpty() && openStart) {
      return new TextPattern.Everything();
    }
    if (openStart) {
      return openEnd ? new TextPattern.Substring(core) : new TextPattern.Suffix(core);
    }
    return openEnd ? new TextPattern.Prefix(core) : new TextPattern.Exact(core);
  }

  private boolean hasPlain(int index, char c) {
    return index >= 0 && index < text.length() && text.charAt(index) == c && !escaped.get(index);
  }
}
