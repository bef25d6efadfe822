package io.opsautomator.resource.internal;

import io.opsautomator.InvalidExpressionException;
import io.opsautomator.resource.internal.Expression.Condition;
import io.opsautomator.resource.internal.Expression.ValueTest;

/**
 * Reads one condition, {@code [!]name[=[!]value]}, and stands behind it afterwards.
 *
 * <p>In an expression {@code &}, {@code |} and {@code )} end it, and {@code %} makes the next
 * character an ordinary one everywhere: also a star, an equals sign, an exclamation mark or a blank
 * at an end. In a comma list none of these signs means anything. Inside the parentheses and
 * brackets of a regular expression, and behind its backslash, all signs belong to the regular
 * expression.
 */
final class ConditionReader {
  private final String source;
  private final int end;
  private final boolean inExpression;
  private final Lint lint;
  private int position;
  private int groups;
  private boolean inBrackets;

  private ConditionReader(String source, int start, int end, boolean inExpression, Lint lint) {
    this.source = source;
    this.position = start;
    this.end = end;
    this.inExpression = inExpression;
    this.lint = lint;
  }

  /** For a condition of a comma list, which fills the text between two columns. */
  static ConditionReader inList(String source, int start, int end, Lint lint) {
    return new ConditionReader(source, start, end, false, lint);
  }

  /** For a condition of an expression, from a column on. */
  static ConditionReader inExpression(String source, int start, Lint lint) {
    return new ConditionReader(source, start, source.length(), true, lint);
  }

  /** Behind what was read. */
  int position() {
    return position;
  }

  Condition read() {
    skipBlanks();
    int start = position;
    boolean negated = skip('!');
    Piece name = piece(true);
    if (name.isEmpty()) {
      throw fault(position, "a tag name is missing");
    }
    ValueTest value = skip('=') ? valueTest() : ValueTest.ANY;
    Condition condition = new Condition(negated, name.pattern(), value);
    lint.condition(source.substring(start, position).strip(), condition, name);
    return condition;
  }

  private ValueTest valueTest() {
    skipBlanks();
    boolean negated = skip('!');
    Piece value = piece(false);
    if (value.isEmpty()) {
      return negated ? new ValueTest(false, new TextPattern.Exact("!")) : ValueTest.ANY;
    }
    lint.innerStar(value);
    return new ValueTest(negated, value.pattern());
  }

  private Piece piece(boolean isName) {
    skipBlanks();
    Piece piece = new Piece(source, position, skip('\\'));
    groups = 0;
    inBrackets = false;
    while (!endsHere(isName)) {
      take(piece);
    }
    piece.trimEnd();
    return piece;
  }

  private boolean endsHere(boolean isName) {
    if (position >= end || (isName && is('='))) {
      return true;
    }
    return inExpression && groups == 0 && !inBrackets && (is('&') || is('|') || is(')'));
  }

  private void take(Piece piece) {
    if (inExpression && is('%')) {
      takeEscaped(piece);
    } else if (piece.isRegex()) {
      takeRegex(piece);
    } else if (inExpression && is('(')) {
      throw fault(
          position,
          "a group stands in place of a condition; a parenthesis in a name or value is written %(");
    } else {
      piece.add(position++, false);
    }
  }

  private void takeEscaped(Piece piece) {
    if (position + 1 == end) {
      throw fault(position, "nothing follows the escape sign; a percent sign is written %%");
    }
    piece.add(position + 1, true);
    position += 2;
  }

  private void takeRegex(Piece piece) {
    char c = source.charAt(position);
    piece.add(position++, c == '\\');
    if (c == '\\') {
      if (position < end && !(inExpression && is('%'))) {
        piece.add(position++, true);
      }
    } else if (inBrackets) {
      inBrackets = c != ']';
    } else if (c == '[') {
      openBrackets(piece);
    } else if (c == '(') {
      groups++;
    } else if (c == ')') {
      groups--;
    }
  }

  /** A closing bracket that comes first between brackets is an ordinary character. */
  private void openBrackets(Piece piece) {
    inBrackets = true;
    if (is('^')) {
      piece.add(position++, false);
    }
    if (is(']')) {
      piece.add(position++, false);
    }
  }

  private boolean is(char c) {
    return position < end && source.charAt(position) == c;
  }

  private boolean skip(char c) {
    boolean found = is(c);
    if (found) {
      position++;
    }
    return found;
  }

  private void skipBlanks() {
    while (position < end && Character.isWhitespace(source.charAt(position))) {
      position++;
    }
  }

  private InvalidExpressionException fault(int column, String problem) {
    return new InvalidExpressionException(source, column, problem);
  }
}
