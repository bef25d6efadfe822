package io.opsautomator.resource;

import io.opsautomator.resource.internal.Expression.Condition;
import io.opsautomator.resource.internal.ListParser;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A comma list of conditions that picks tags, such as {@code Name,Env=prod*,!Owner}: what "copy
 * these tags" parameters take.
 *
 * <p>The conditions are those of {@link TagFilter}, each asked of a single tag; a tag is picked
 * when <em>any</em> of them holds. So {@code *} picks all, {@code !Owner} all but Owner, {@code
 * !A,!B} all, and the empty list none. There are no operators, groups or escapes. A list that
 * begins with a regular expression, or has one for a value, is one single condition.
 *
 * <p>Immutable and thread-safe; equal when the texts are.
 */
public final class TagFilterSet {
  private final String text;
  private final List<Condition> conditions;
  private final List<String> warnings;

  private TagFilterSet(String text) {
    ListParser.Parsed parsed = ListParser.parse(text);
    this.text = text;
    this.conditions = parsed.conditions();
    this.warnings = parsed.warnings();
  }

  /**
   * Reads a list; a blank text is the empty list.
   *
   * @throws io.opsautomator.InvalidExpressionException if it is not one, with a caret under the
   *     fault
   */
  public static TagFilterSet parse(String list) {
    return new TagFilterSet(list);
  }

  /** The tags that are picked, in the order of {@code tags}. */
  public Map<String, String> pick(Map<String, String> tags) {
    Map<String, String> picked = new LinkedHashMap<>();
    tags.forEach(
        (name, value) -> {
          if (picks(name, value)) {
            picked.put(name, value);
          }
        });
    return Collections.unmodifiableMap(picked);
  }

  /** Whether every one of these tags is picked; so it is when there are none. */
  public boolean allMatch(Map<String, String> tags) {
    return tags.entrySet().stream().allMatch(tag -> picks(tag.getKey(), tag.getValue()));
  }

  private boolean picks(String name, String value) {
    return conditions.stream().anyMatch(condition -> condition.holdsFor(name, value));
  }

  /** The name patterns of all conditions without {@code !}, in order. */
  public Set<String> names() {
    return conditions.stream()
        .map(condition -> condition.name().text())
        .collect(
            Collectors.collectingAndThen(
                Collectors.toCollection(LinkedHashSet::new), Collections::unmodifiableSet));
  }

  /** What this list means and its author probably did not; empty when there is nothing to say. */
  public List<String> warnings() {
    return warnings;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TagFilterSet that && text.equals(that.text);
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
}
