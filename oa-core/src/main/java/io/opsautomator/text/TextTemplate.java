package io.opsautomator.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Free text with placeholders, such as {@code {task}: copy of {snapshot-id}, a=b}. There is no
 * other syntax, so any text is a template; what is not a known placeholder stays as it is.
 * Immutable and thread-safe.
 */
public final class TextTemplate {
  private final String text;
  private final List<Part> parts;

  private TextTemplate(String text) {
    this.text = text;
    this.parts = List.copyOf(split(text));
  }

  public static TextTemplate parse(String text) {
    return new TextTemplate(text);
  }

  /** The names between braces, known or not. */
  public Set<String> placeholders() {
    return parts.stream()
        .filter(Part::isPlaceholder)
        .map(Part::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  public String fill(Placeholders placeholders) {
    return fill(placeholders.resolve(placeholders()));
  }

  String fill(Placeholders.Resolved values) {
    StringBuilder filled = new StringBuilder();
    for (Part part : parts) {
      filled.append(
          part.isPlaceholder() ? values.value(part.name()).orElse(part.text()) : part.text());
    }
    return filled.toString();
  }

  /** A placeholder begins at the last opening brace in front of a closing one. */
  private static List<Part> split(String text) {
    List<Part> parts = new ArrayList<>();
    int done = 0;
    int open = -1;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '{') {
        open = i;
      } else if (text.charAt(i) == '}') {
        if (open >= done && i > open + 1) {
          parts.add(new Part(text.substring(done, open), false));
          parts.add(new Part(text.substring(open, i + 1), true));
          done = i + 1;
        }
        open = -1;
      }
    }
    parts.add(new Part(text.substring(done), false));
    return parts;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TextTemplate that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The text it was parsed from. */
  @Override
  public String toString() {
    return text;
  }

  private record Part(String text, boolean isPlaceholder) {
    String name() {
      return text.substring(1, text.length() - 1);
    }
  }
}
