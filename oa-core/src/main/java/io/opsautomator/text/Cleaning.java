package io.opsautomator.text;

import io.opsautomator.internal.OneLine;
import java.util.function.UnaryOperator;

/** Replaces characters that a target does not take by a blank each. */
public enum Cleaning implements UnaryOperator<String> {
  /** Everything is taken. */
  NONE,

  /**
   * What the tags of every AWS service take: letters, digits, blanks and {@code _ . : + / = \ @ -}.
   * A line break becomes a blank.
   */
  RESTRICTED,

  /**
   * What a line of a log or a terminal takes: everything but control characters, line ends and
   * marks that change the direction of writing.
   */
  ONE_LINE;

  @Override
  public String apply(String text) {
    return switch (this) {
      case NONE -> text;
      case ONE_LINE -> OneLine.of(text);
      case RESTRICTED -> restricted(text);
    };
  }

  private static String restricted(String text) {
    return text.codePoints()
        .map(c -> isTakenEverywhere(c) ? c : ' ')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isTakenEverywhere(int c) {
    return Character.isLetterOrDigit(c) || "\t_.:+/=\\@-".indexOf(c) >= 0;
  }
}
