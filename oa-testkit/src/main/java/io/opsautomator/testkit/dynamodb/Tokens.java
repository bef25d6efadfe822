package io.opsautomator.testkit.dynamodb;

import java.util.ArrayList;
import java.util.List;

/** The words of an expression, one after the other; the empty word is its end. */
final class Tokens {
  private static final String SIGNS = "=<>(),.[]+-";

  private final String expression;
  private final List<String> words;
  private int next;

  Tokens(String expression) {
    this.expression = expression;
    this.words = split(expression);
  }

  private static List<String> split(String expression) {
    List<String> all = new ArrayList<>();
    int at = 0;
    while (at < expression.length()) {
      if (Character.isWhitespace(expression.charAt(at))) {
        at++;
      } else {
        int end = end(expression, at);
        if (end == at) {
          String rest = expression.substring(at).strip();
          throw Refusals.validation("Syntax error; token: \"" + rest + "\" in: " + expression);
        }
        all.add(expression.substring(at, end));
        at = end;
      }
    }
    return all;
  }

  /** Of the word that begins here; here, if none does. */
  private static int end(String expression, int at) {
    char first = expression.charAt(at);
    if (isDigit(first)) {
      return span(expression, at + 1, true);
    }
    if (isLetter(first)) {
      return span(expression, at + 1, false);
    }
    if (first == '#' || first == ':') {
      int end = span(expression, at + 1, false);
      return end == at + 1 ? at : end;
    }
    boolean two =
        expression.startsWith("<>", at)
            || expression.startsWith("<=", at)
            || expression.startsWith(">=", at);
    return two ? at + 2 : SIGNS.indexOf(first) < 0 ? at : at + 1;
  }

  /** From here over digits, or digits and letters. */
  private static int span(String expression, int at, boolean digitsOnly) {
    int end = at;
    while (end < expression.length()
        && (isDigit(expression.charAt(end)) || !digitsOnly && isLetter(expression.charAt(end)))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '_';
  }

  String peek() {
    return peek(0);
  }

  String peek(int ahead) {
    return next + ahead < words.size() ? words.get(next + ahead) : "";
  }

  String take() {
    String word = peek();
    next++;
    return word;
  }

  boolean accept(String word) {
    boolean here = peek().equalsIgnoreCase(word);
    if (here) {
      next++;
    }
    return here;
  }

  void expect(String word) {
    if (!accept(word)) {
      throw unexpected();
    }
  }

  void expectEnd() {
    if (!peek().isEmpty()) {
      throw unexpected();
    }
  }

  /** Whether what begins with the parenthesis here is a parenthesis as a whole, up to another. */
  boolean redundant() {
    if (!peek().equals("(")) {
      return false;
    }
    int depth = 0;
    for (int ahead = 0; !peek(ahead).isEmpty(); ahead++) {
      depth += peek(ahead).equals("(") ? 1 : peek(ahead).equals(")") ? -1 : 0;
      if (depth == 0) {
        return peek(ahead + 1).equals(")");
      }
    }
    return false;
  }

  RuntimeException unexpected() {
    String word = peek().isEmpty() ? "<EOF>" : peek();
    return Refusals.validation("Syntax error; token: \"" + word + "\" in: " + expression);
  }
}
