package io.opsautomator;

import io.opsautomator.internal.OneLine;
import org.jspecify.annotations.Nullable;

/**
 * A text in one of the small languages (schedules, tag filters, placeholders) that is not a
 * sentence of it.
 *
 * <p>The message has three lines: the problem, the expression, and a caret under the place where
 * reading stopped. Whoever knows the task and field the text came from puts those in front.
 */
public final class InvalidExpressionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String expression;
  private final int column;
  private final String problem;

  /**
   * @param expression the whole text as it was given
   * @param column where the fault begins, counted from 0 in {@code char}s; the length of the text
   *     when something is missing at its end. A column outside the text is moved to its nearest end
   * @param problem what is wrong and what is allowed, as one line
   */
  public InvalidExpressionException(String expression, int column, String problem) {
    this(expression, column, problem, null);
  }

  /** As above, for a fault that another parser (a pattern's, a zone's) has found. */
  public InvalidExpressionException(
      String expression, int column, String problem, @Nullable Throwable cause) {
    super(render(expression, within(expression, column), problem), cause);
    this.expression = expression;
    this.column = within(expression, column);
    this.problem = problem;
  }

  /** The whole text as it was given. */
  public String expression() {
    return expression;
  }

  /** Where the fault begins, from 0 to the length of the expression. */
  public int column() {
    return column;
  }

  /** What is wrong, without the expression and the caret. */
  public String problem() {
    return problem;
  }

  private static int within(String expression, int column) {
    return Math.max(0, Math.min(column, expression.length()));
  }

  /** Control characters become blanks, so that the caret stays on the line below its target. */
  private static String render(String expression, int column, String problem) {
    String line = OneLine.of(expression);
    int blanks = expression.codePointCount(0, column);
    return OneLine.of(problem) + "\n" + line + "\n" + " ".repeat(blanks) + "^";
  }
}
