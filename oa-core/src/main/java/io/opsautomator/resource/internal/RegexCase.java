package io.opsautomator.resource.internal;

import io.opsautomator.InvalidExpressionException;

/**
 * Refuses what RE2/J 1.8 never finishes compiling: where case does not count, it goes from a letter
 * to its other forms until it is back, and from U+1C80 to U+1C88, on a JDK that knows them, it
 * never is. Source: google/re2j issue 168, and a walk over all of Unicode.
 *
 * <p>Looked for are these letters, written as such or in hexadecimal, and ranges across them. It
 * does not look where case counts and where it does not, nor whether a range is within brackets: a
 * pattern refused in vain can be written otherwise, an endless one cannot be stopped.
 */
final class RegexCase {
  private static final int FIRST = 0x1C80;
  private static final int LAST = 0x1C88;

  /** An element that is not one character, such as {@code \d}. */
  private static final int NONE = -1;

  private final Piece piece;
  private final String regex;
  private int position;

  private RegexCase(Piece piece, String regex) {
    this.piece = piece;
    this.regex = regex;
  }

  static void check(Piece piece, String regex) {
    if (ignoresCase(regex)) {
      new RegexCase(piece, regex).elements();
    }
  }

  /** Whether any group of flags has an {@code i}. */
  private static boolean ignoresCase(String regex) {
    for (int at = regex.indexOf("(?"); at >= 0; at = regex.indexOf("(?", at + 1)) {
      for (int i = at + 2; i < regex.length() && isFlag(regex.charAt(i)); i++) {
        if (regex.charAt(i) == 'i') {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isFlag(char c) {
    return c == '-' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  /** Any hyphen may be the one of a range, also one that ends another. */
  private void elements() {
    int low = NONE;
    int before = NONE;
    boolean hyphen = false;
    while (position < regex.length()) {
      int start = position;
      boolean nextHyphen = regex.charAt(position) == '-';
      int element = element();
      refuse(start, element, element);
      if (hyphen) {
        refuse(start, low, element);
      }
      low = before;
      before = element;
      hyphen = nextHyphen;
    }
  }

  private void refuse(int at, int low, int high) {
    if (low != NONE && low <= LAST && high >= FIRST) {
      throw new InvalidExpressionException(
          piece.source(),
          piece.column(at),
          "where case does not count, the letters U+1C80 to U+1C88 and ranges across them cannot be"
              + " used; a hyphen that makes no range is written \\-");
    }
  }

  /** The next character or escape; moves behind it. */
  private int element() {
    int c = regex.codePointAt(position);
    position += Character.charCount(c);
    if (c != '\\' || position == regex.length()) {
      return c;
    }
    int escaped = regex.codePointAt(position);
    position += Character.charCount(escaped);
    if (escaped == 'x') {
      return hexadecimal();
    }
    return Character.isLetterOrDigit(escaped) ? NONE : escaped;
  }

  private int hexadecimal() {
    boolean braces = regex.startsWith("{", position);
    int from = braces ? position + 1 : position;
    int most = braces ? regex.length() : Math.min(regex.length(), from + 2);
    int value = 0;
    int at = from;
    while (at < most && Character.digit(regex.charAt(at), 16) >= 0) {
      value =
          Math.min(Character.MAX_CODE_POINT, value * 16 + Character.digit(regex.charAt(at), 16));
      at++;
    }
    position = at;
    return at == from ? NONE : value;
  }
}
