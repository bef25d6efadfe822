package io.opsautomator.fuzz;

import io.opsautomator.InvalidExpressionException;

/** What is said of every input. Plain code, so that a fuzzer sees its branches and nothing else. */
final class Claims {
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
    claim(!lines[0].isBlank() && lines[0].equals(fault.problem()), "the problem's line");
  }

  /** For messages that are shown: one line, nothing that a terminal obeys. */
  static void harmless(String shown) {
    claim(
        shown.chars().noneMatch(c -> c < ' ' || c >= 0x7f && c < 0xa0),
        "a control character is shown: " + shown);
  }
}
