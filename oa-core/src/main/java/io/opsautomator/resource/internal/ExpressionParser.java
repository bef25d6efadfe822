package io.opsautomator.resource.internal;

import io.opsautomator.InvalidExpressionException;
import io.opsautomator.resource.internal.Expression.Chain;
import io.opsautomator.resource.internal.Expression.Link;
import io.opsautomator.resource.internal.Expression.Operator;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a tag filter in one pass from left to right:
 *
 * <pre>
 * expression := operand { ("&amp;" | "|") operand } [ "&amp;" | "|" ]
 * operand    := [ "!" ] "(" expression ")" | condition
 * </pre>
 *
 * <p>Escapes are resolved where they stand and never looked at again, at any depth. Blanks around
 * operands and operators mean nothing. Recursion follows parentheses only and is bounded.
 */
public final class ExpressionParser {
  /** How deep parentheses may nest. */
  public static final int MAX_DEPTH = 200;

  private final String source;
  private final Lint lint = new Lint(true);
  private int position;
  private int depth;

  private ExpressionParser(String source) {
    this.source = source;
  }

  /** What was read. */
  public record Parsed(Expression tree, List<String> warnings) {}

  /**
   * @throws InvalidExpressionException if the text is not a filter
   */
  public static Parsed parse(String source) {
    ExpressionParser parser = new ExpressionParser(source);
    Expression tree = parser.whole();
    return new Parsed(tree, parser.lint.warnings());
  }

  private Expression whole() {
    Expression tree = expression();
    if (position < source.length()) {
      throw fault("this closing parenthesis was never opened; in a name or value it is written %)");
    }
    return tree;
  }

  /** Ends at the end of the text or in front of a closing parenthesis. */
  private Expression expression() {
    List<Link> links = new ArrayList<>();
    List<String> operands = new ArrayList<>();
    List<Operator> operators = new ArrayList<>();
    Expression first = operand(operands);
    while (!isAtEnd()) {
      Operator operator = operator();
      if (isAtEnd()) {
        lint.trailingOperator(operator);
      } else {
        operators.add(operator);
        links.add(new Link(operator, operand(operands)));
      }
    }
    lint.mixedOperators(operands, operators);
    return links.isEmpty() ? first : new Chain(first, links);
  }

  private Expression operand(List<String> texts) {
    skipBlanks();
    int start = position;
    Expression operand = groupOrCondition();
    texts.add(source.substring(start, position).strip());
    return operand;
  }

  private Expression groupOrCondition() {
    if (position == source.length() || is('&') || is('|') || is(')')) {
      throw fault("a condition is missing, such as Name=value");
    }
    if (is('(')) {
      return group();
    }
    int afterSign = is('!') ? skipBlanksFrom(position + 1) : position;
    if (afterSign < source.length() && source.charAt(afterSign) == '(') {
      position = afterSign;
      return new Expression.Not(group());
    }
    ConditionReader reader = ConditionReader.inExpression(source, position, lint);
    Expression condition = reader.read();
    position = reader.position();
    return condition;
  }

  private Expression group() {
    int opened = position;
    if (++depth > MAX_DEPTH) {
      throw fault("parentheses nest at most " + MAX_DEPTH + " deep");
    }
    position++;
    Expression inner = expression();
    if (!is(')')) {
      throw new InvalidExpressionException(source, opened, "this parenthesis is never closed");
    }
    position++;
    depth--;
    return inner;
  }

  private Operator operator() {
    Operator operator = is('&') ? Operator.AND : Operator.OR;
    if (operator == Operator.OR && !is('|')) {
      throw fault("after a closing parenthesis comes '&', '|', ')' or the end");
    }
    position++;
    return operator;
  }

  private boolean isAtEnd() {
    skipBlanks();
    return position == source.length() || is(')');
  }

  private boolean is(char c) {
    return position < source.length() && source.charAt(position) == c;
  }

  private void skipBlanks() {
    position = skipBlanksFrom(position);
  }

  private int skipBlanksFrom(int start) {
    int at = start;
    while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
      at++;
    }
    return at;
  }

  private InvalidExpressionException fault(String problem) {
    return new InvalidExpressionException(source, position, problem);
  }
}
