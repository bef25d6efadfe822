package io.opsautomator.resource.internal;

import com.google.re2j.Pattern;

/** What a tag's name or value is compared with. Immutable, thread-safe, case-sensitive. */
public sealed interface TextPattern {
  boolean matches(String text);

  /** As it is written in a filter, without escapes. */
  String text();

  /** {@code *} or {@code **}. */
  record Everything() implements TextPattern {
    @Override
    public boolean matches(String text) {
      return true;
    }

    @Override
    public String text() {
      return "*";
    }
  }

  record Exact(String literal) implements TextPattern {
    @Override
    public boolean matches(String text) {
      return literal.equals(text);
    }

    @Override
    public String text() {
      return literal;
    }
  }

  record Prefix(String start) implements TextPattern {
    @Override
    public boolean matches(String text) {
      return text.startsWith(start);
    }

    @Override
    public String text() {
      return start + "*";
    }
  }

  record Suffix(String end) implements TextPattern {
    @Override
    public boolean matches(String text) {
      return text.endsWith(end);
    }

    @Override
    public String text() {
      return "*" + end;
    }
  }

  record Substring(String part) implements TextPattern {
    @Override
    public boolean matches(String text) {
      return text.contains(part);
    }

    @Override
    public String text() {
      return "*" + part + "*";
    }
  }

  /** Anchored at the start only: {@code \B} matches {@code BCD}. Takes time linear in the text. */
  record Regex(Pattern pattern) implements TextPattern {
    @Override
    public boolean matches(String text) {
      return pattern.matcher(text).lookingAt();
    }

    @Override
    public String text() {
      return "\\" + pattern.pattern();
    }
  }
}
