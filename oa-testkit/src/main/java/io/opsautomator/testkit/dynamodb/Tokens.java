package io.opsautomator.testkit.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of an expression, one after the other; the empty word is its end. */
final class Tokens {
  private static final Pattern WORD =
      Pattern.compile(
          "\\s*(?:([A-Za-z_][A-Za-z0-9_]*|[#:][A-Za-z0-9_]+|[0-9]+|<>|<=|>=|[=<>(),.\\[\\]+-])|$)");

  private final String expression;
  private final List<String> words;
  private int next;

  Tokens(String expression) {
    this.expression = expression;
    this.words = split(expression);
  }

  private static List<String> split(String expression) {
    List<String> all = new ArrayList<>();
    Matcher matcher = WORD.matcher(expression);
    int at = 0;
    while (at < expression.length()) {
      if (!matcher.region(at, expression.length()).lookingAt()) {
        String rest = expression.substring(at).strip();
        throw Refusals.validation("Syntax error; token: \"" + rest + "\" in: " + expression);
      }
      if (matcher.group(1) != null) {
        all.add(matcher.group(1));
      }
      at = matcher.end();
    }
    return all;
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
    boolean here = peek().toUpperCase(Locale.ROOT).equals(word);
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
