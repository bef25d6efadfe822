package io.opsautomator.internal;

/**
 * Makes a stranger's text fit for a line of a log or a terminal: each character that could end the
 * line, drive the terminal, or turn what follows around becomes a blank.
 *
 * <p>These are the control characters of ASCII and of ISO 8859-1 (some terminals take U+009B for
 * the start of an escape sequence), Unicode's line and paragraph separators, halves of surrogate
 * pairs, and the marks that change the direction of writing. One blank for each, so that a caret
 * below the text still points to its target.
 */
public final class OneLine {
  private OneLine() {}

  /** The text itself where it holds nothing of the kind. */
  public static String of(String text) {
    if (text.codePoints().noneMatch(OneLine::isHarmful)) {
      return text;
    }
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints().map(c -> isHarmful(c) ? ' ' : c).forEach(line::appendCodePoint);
    return line.toString();
  }

  private static boolean isHarmful(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> turns(c);
    };
  }

  private static boolean turns(int c) {
    return c == 0x061C
        || c == 0x200E
        || c == 0x200F
        || c >= 0x202A && c <= 0x202E
        || c >= 0x2066 && c <= 0x2069;
  }
}
