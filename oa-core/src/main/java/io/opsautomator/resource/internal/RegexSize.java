package io.opsautomator.resource.internal;

import io.opsautomator.InvalidExpressionException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * An estimate, from above, of how many instructions a regular expression compiles to, made before
 * it is compiled: {@code (x{1000}){1000}} is a short text for a million of them. It also bounds the
 * nesting of groups, as the compiler is recursive.
 */
final class RegexSize {
  static final int MAX_SIZE = 2_000;
  static final int MAX_DEPTH = 100;

  private final Piece piece;
  private final String regex;
  private final Deque<Long> outer = new ArrayDeque<>();
  private long group;
  private long atom;
  private int position;

  private RegexSize(Piece piece, String regex) {
    this.piece = piece;
    this.regex = regex;
  }

  static void check(Piece piece, String regex) {
    new RegexSize(piece, regex).measure();
  }

  private void measure() {
    while (position < regex.length()) {
      step(regex.charAt(position));
      if (group + atom > MAX_SIZE) {
        throw fault("this regular expression is too large: it repeats too much");
      }
      position++;
    }
  }

  private void step(char c) {
    switch (c) {
      case '\\' -> {
        next(1);
        position++;
      }
      case '[' -> {
        next(1);
        skipClass();
      }
      case '(' -> open();
      case ')' -> close();
      case '{' -> repeat();
      case '*', '+', '?' -> atom++;
      default -> next(1);
    }
  }

  private void next(long size) {
    group += atom;
    atom = size;
  }

  private void open() {
    next(0);
    if (outer.size() == MAX_DEPTH) {
      throw fault("groups of a regular expression nest at most " + MAX_DEPTH + " deep");
    }
    outer.push(group);
    group = 0;
  }

  private void close() {
    next(0);
    if (!outer.isEmpty()) {
      atom = group + 2;
      group = outer.pop();
    }
  }

  /** The body of {@code […]}; a bracket that comes first in it is an ordinary character. */
  private void skipClass() {
    int from = position + (regex.startsWith("^", position + 1) ? 3 : 2);
    for (int i = from; i < regex.length(); i++) {
      if (regex.charAt(i) == '\\') {
        i++;
      } else if (regex.charAt(i) == ']') {
        position = i;
        return;
      }
    }
  }

  /** {@code {n}}, {@code {n,}} or {@code {n,m}} multiplies; anything else in braces is text. */
  private void repeat() {
    long number = 0;
    long largest = 1;
    for (int i = position + 1; i < regex.length(); i++) {
      char c = regex.charAt(i);
      if (c >= '0' && c <= '9') {
        number = Math.min(MAX_SIZE, number * 10 + (c - '0'));
        largest = Math.max(largest, number);
      } else if (c == ',') {
        number = 0;
      } else {
        break;
      }
    }
    atom = Math.max(1, atom) * (largest + 1);
  }

  private InvalidExpressionException fault(String problem) {
    return new InvalidExpressionException(piece.source(), piece.column(position), problem);
  }
}
