package io.opsautomator.text;

import java.util.function.UnaryOperator;

/** Replaces characters that a target API rejects by a blank each. */
public enum Cleaning implements UnaryOperator<String> {
  /** Everything is taken. */
  NONE,

  /**
   * What the tags of every AWS service take: letters, digits, blanks and {@code _ . : + / = \ @ -}.
   * A line break becomes a blank.
   */
  RESTRICTED;

  @Override
  public String apply(String text) {
    if (this == NONE) {
      return text;
    }
    return text.codePoints()
        .map(c -> isTakenEverywhere(c) ? c : ' ')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isTakenEverywhere(int c) {
    return Character.isLetterOrDigit(c) || "\t_.:+/=\\@-".indexOf(c) >= 0;
  }
}
