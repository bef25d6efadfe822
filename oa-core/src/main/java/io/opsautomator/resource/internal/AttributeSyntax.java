package io.opsautomator.resource.internal;

import io.opsautomator.InvalidExpressionException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What can be told of a JMESPath expression from its text: how large it is, which attributes it
 * begins with, and its parts that are joined by {@code &&}. Knows quotes, brackets and operators,
 * and leaves the grammar to the library.
 */
final class AttributeSyntax {
  /** More is no filter that anybody could read, and parsers recurse. */
  static final int LONGEST = 1_000;

  static final int DEEPEST = 100;

  private final String text;
  private final Set<String> names = new LinkedHashSet<>();
  private final List<Integer> ands = new ArrayList<>();
  private int position;
  private int depth;
  private int projections;
  private boolean elsewhere;
  private boolean joinedOtherwise;
  private boolean reads;

  private AttributeSyntax(String text) {
    this.text = text;
  }

  /**
   * @throws InvalidExpressionException if it is larger than filters may be
   */
  static AttributeSyntax of(String text) {
    if (text.length() > LONGEST) {
      throw new InvalidExpressionException(
          text, LONGEST, "a filter of attributes has at most " + LONGEST + " letters");
    }
    AttributeSyntax syntax = new AttributeSyntax(text);
    while (syntax.position < text.length()) {
      syntax.read(text.charAt(syntax.position));
    }
    return syntax;
  }

  /** The attributes of the resource that are named, without those within others. */
  Set<String> names() {
    return Collections.unmodifiableSet(names);
  }

  /** Whether it looks at the resource at all. */
  boolean reads() {
    return reads;
  }

  /** Each must hold for the whole to hold; the whole alone where it is made otherwise. */
  List<String> conjuncts() {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int end : joinedOtherwise ? List.<Integer>of() : ands) {
      parts.add(text.substring(start, end).strip());
      start = end + 2;
    }
    parts.add(text.substring(start).strip());
    return parts;
  }

  private void read(char c) {
    if (c == '\'' || c == '`') {
      position = endOfQuote(c);
    } else if (c == '"') {
      int end = endOfQuote(c);
      name(text.substring(position + 1, Math.max(position + 1, end - 1)));
      position = end;
    } else if (Character.isLetter(c) || c == '_') {
      word();
    } else {
      sign(c);
    }
  }

  private int endOfQuote(char quote) {
    int at = position + 1;
    while (at < text.length() && text.charAt(at) != quote) {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at + 1, text.length());
  }

  private void word() {
    int start = position;
    while (position < text.length()
        && (Character.isLetterOrDigit(text.charAt(position)) || text.charAt(position) == '_')) {
      position++;
    }
    String word = text.substring(start, position);
    position = start;
    if (next(start + word.length()) != '(') {
      name(word);
    }
    position = start + word.length();
  }

  /** Of the one at the present position. Behind a single {@code &} it is of some element's. */
  private void name(String name) {
    reads = true;
    char before = before(position);
    boolean ofElement = before == '&' && !afterAnd();
    if (before != '.' && !ofElement && projections == 0 && !elsewhere) {
      names.add(name);
    }
  }

  private boolean afterAnd() {
    int last = text.lastIndexOf('&', position - 1);
    return last > 0 && text.charAt(last - 1) == '&';
  }

  private void sign(char c) {
    switch (c) {
      case '(', '!' -> deeper(c == '(' ? 1 : 0);
      case '[', '{' -> {
        deeper(1);
        projections++;
      }
      case ')' -> depth--;
      case ']', '}' -> {
        depth--;
        projections--;
      }
      case '|', '&' -> operator(c);
      case '@', '*' -> reads = true;
      default -> {
        // Comparisons, dots, commas and blanks mean nothing here.
      }
    }
    position++;
  }

  private void deeper(int by) {
    depth += by;
    boolean manyNots = text.startsWith("!!!!", position);
    if (depth > DEEPEST || manyNots) {
      throw new InvalidExpressionException(
          text, position, "a filter of attributes nests at most " + DEEPEST + " deep");
    }
  }

  private void operator(char c) {
    boolean twice = position + 1 < text.length() && text.charAt(position + 1) == c;
    if (depth == 0 && twice && c == '&') {
      ands.add(position);
    } else if (depth == 0) {
      joinedOtherwise = true;
      elsewhere |= !twice;
    }
    position += twice ? 1 : 0;
  }

  private char before(int index) {
    int at = index - 1;
    while (at >= 0 && Character.isWhitespace(text.charAt(at))) {
      at--;
    }
    return at < 0 ? ' ' : text.charAt(at);
  }

  private char next(int index) {
    int at = index;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : ' ';
  }
}
