package io.opsautomator.fuzz;

import io.opsautomator.InvalidExpressionException;
import java.util.Set;

/** What is said of every input. Plain code, so that a fuzzer sees its branches and nothing else. */
final class Claims {
  private static final Set<Integer> HARMFUL =
      Set.of(
          (int) Character.CONTROL,
          (int) Character.LINE_SEPARATOR,
          (int) Character.PARAGRAPH_SEPARATOR,
          (int) Character.SURROGATE);

  private static final String TURNING =
      "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";

  private Claims() {}

  /**
   * @throws AssertionError with this text unless it holds
   */
  static void claim(boolean holds, String broken) {
    if (!holds) {
      throw new AssertionError(broken);
    }
  }

  /** The fault is inside the text, and the caret stands under it. */
  static void points(InvalidExpressionException fault, String text) {
    claim(fault.expression().equals(text), "the fault is of another expression");
    claim(fault.column() >= 0 && fault.column() <= text.length(), "a column outside the text");
    String[] lines = String.valueOf(fault.getMessage()).split("\n", -1);
    claim(lines.length == 3, "not three lines: " + fault.getMessage());
    claim(lines[2].equals(" ".repeat(text.codePointCount(0, fault.column())) + "^"), "the caret");
    claim(!fault.problem().isBlank() && !lines[0].isBlank(), "no problem is told");
    harmless(lines[0]);
    harmless(lines[1]);
  }

  /** For what is shown: one line, whoever reads it, and nothing that a terminal obeys. */
  static void harmless(String shown) {
    claim(
        shown.codePoints().noneMatch(c -> HARMFUL.contains(Character.getType(c)) || turns(c)),
        "a control character is shown: " + shown);
  }

  private static boolean turns(int c) {
    return TURNING.indexOf(c) >= 0;
  }
}
