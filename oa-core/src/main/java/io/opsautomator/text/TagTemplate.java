package io.opsautomator.text;

import io.opsautomator.InvalidExpressionException;
import io.opsautomator.resource.TagChanges;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A list of tags with placeholders in names and values: {@code
 * Backup={date},Zones=a,b,Old={delete}}.
 *
 * <p>The list is split at commas first, and placeholders are filled in afterwards, so a comma in a
 * placeholder's value cannot start a tag. An element without {@code =} belongs, with its comma, to
 * the value before it; before the first tag it is ignored. Blanks around names and values are too.
 * Of tags with one name the last counts. Immutable and thread-safe.
 */
public final class TagTemplate {
  private final String text;
  private final List<Entry> entries;

  private TagTemplate(String text) {
    this.text = text;
    this.entries = List.copyOf(split(text));
  }

  /**
   * Reads a list; a blank text is the empty list.
   *
   * @throws InvalidExpressionException if a tag name is missing
   */
  public static TagTemplate parse(String list) {
    return new TagTemplate(list);
  }

  /** The names between braces, known or not. */
  public Set<String> placeholders() {
    Set<String> names = new HashSet<>();
    for (Entry entry : entries) {
      names.addAll(entry.name().placeholders());
      names.addAll(entry.value().placeholders());
    }
    return Set.copyOf(names);
  }

  /**
   * The changes that are meant. A value {@code {delete}} removes, whoever it came from; names that
   * AWS reserves are left out.
   *
   * @throws IllegalArgumentException if a tag's name is empty once its placeholders are filled in
   */
  public TagChanges fill(Placeholders placeholders) {
    return fill(placeholders, UnaryOperator.identity());
  }

  /**
   * As {@link #fill(Placeholders)}, for an API that does not take every character.
   *
   * @param cleaning applied to names and values, such as {@link Cleaning#RESTRICTED}; the removal
   *     marker is exempt
   */
  public TagChanges fill(Placeholders placeholders, UnaryOperator<String> cleaning) {
    Placeholders.Resolved values = placeholders.resolve(placeholders());
    Map<String, String> tags = new LinkedHashMap<>();
    for (Entry entry : entries) {
      String value = entry.value().fill(values);
      boolean isRemoval = value.equals(TagChanges.DELETE);
      tags.put(name(entry, values, cleaning), isRemoval ? value : cleaning.apply(value));
    }
    return TagChanges.of(tags);
  }

  private String name(Entry entry, Placeholders.Resolved values, UnaryOperator<String> cleaning) {
    String name = cleaning.apply(entry.name().fill(values)).strip();
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "the tag name '%s' of '%s' is empty once filled in".formatted(entry.name(), text));
    }
    return name;
  }

  private static List<Entry> split(String list) {
    List<Entry> entries = new ArrayList<>();
    int start = 0;
    while (start < list.length()) {
      int equals = list.indexOf('=', start);
      if (equals < 0) {
        break;
      }
      // What stands between the last comma and the equals sign is the name.
      int nameStart = Math.max(start, list.lastIndexOf(',', equals) + 1);
      int end = endOfValue(list, equals);
      entries.add(entry(list, nameStart, equals, end));
      start = end + 1;
    }
    return entries;
  }

  /** The last comma before the next element that has a name of its own. */
  private static int endOfValue(String list, int equals) {
    int comma = list.indexOf(',', equals);
    int nextEquals = comma < 0 ? -1 : list.indexOf('=', comma);
    return nextEquals < 0 ? list.length() : list.lastIndexOf(',', nextEquals);
  }

  private static Entry entry(String list, int nameStart, int equals, int end) {
    String name = list.substring(nameStart, equals).strip();
    if (name.isEmpty()) {
      throw new InvalidExpressionException(list, equals, "a tag name is missing before '='");
    }
    return new Entry(TextTemplate.parse(name), TextTemplate.parse(value(list, equals + 1, end)));
  }

  /** Blanks around the commas inside a value are dropped as well. */
  private static String value(String list, int start, int end) {
    List<String> elements = new ArrayList<>();
    for (String element : list.substring(start, end).split(",", -1)) {
      elements.add(element.strip());
    }
    return String.join(",", elements);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TagTemplate that && text.equals(that.text);
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

  private record Entry(TextTemplate name, TextTemplate value) {}
}
