package io.opsautomator.resource;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Tags to set and tags to remove; removals are applied first. Immutable.
 *
 * <p>What it holds can be written as it is: no name is in both, no name begins with {@code aws:}
 * (AWS reserves them, in any case), and no value is the removal marker {@link #DELETE}, which would
 * otherwise end up as the text of a tag.
 */
public record TagChanges(Map<String, String> set, Set<String> remove) {
  /** The value that stands for "remove this tag" wherever tags are written as text. */
  public static final String DELETE = "{delete}";

  public static final TagChanges NONE = new TagChanges(Map.of(), Set.of());

  private static final String RESERVED = "aws:";

  /**
   * @throws IllegalArgumentException if these changes could not be written as they are
   */
  public TagChanges {
    set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
    remove = Collections.unmodifiableSet(new LinkedHashSet<>(remove));
    set.forEach(TagChanges::check);
    remove.forEach(name -> check(name, ""));
    if (!Collections.disjoint(set.keySet(), remove)) {
      throw new IllegalArgumentException("both to set and to remove: " + common(set, remove));
    }
  }

  /** From tags as text has them: {@link #DELETE} removes, and reserved names are left out. */
  public static TagChanges of(Map<String, String> tags) {
    Map<String, String> set = new LinkedHashMap<>();
    Set<String> remove = new LinkedHashSet<>();
    tags.forEach(
        (name, value) -> {
          if (isReserved(name)) {
            return;
          }
          if (value.equals(DELETE)) {
            remove.add(name);
          } else {
            set.put(name, value);
          }
        });
    return new TagChanges(set, remove);
  }

  /** Whether nobody but AWS may write a tag of this name. */
  public static boolean isReserved(String name) {
    return name.regionMatches(true, 0, RESERVED, 0, RESERVED.length());
  }

  public boolean isEmpty() {
    return set.isEmpty() && remove.isEmpty();
  }

  /** The tags a resource with {@code tags} has afterwards. */
  public Map<String, String> applyTo(Map<String, String> tags) {
    Map<String, String> after = new LinkedHashMap<>(tags);
    after.keySet().removeAll(remove);
    after.putAll(set);
    return Collections.unmodifiableMap(after);
  }

  /** Without what a resource with {@code tags} has, or lacks, already. */
  public TagChanges effectiveOn(Map<String, String> tags) {
    Map<String, String> changed = new LinkedHashMap<>(set);
    changed.entrySet().removeIf(tag -> tag.getValue().equals(tags.get(tag.getKey())));
    Set<String> gone = new LinkedHashSet<>(remove);
    gone.retainAll(tags.keySet());
    return new TagChanges(changed, gone);
  }

  private static void check(String name, String value) {
    if (isReserved(name)) {
      throw new IllegalArgumentException("AWS reserves the tag name " + name);
    }
    if (value.equals(DELETE)) {
      throw new IllegalArgumentException("to be removed, not set to " + DELETE + ": " + name);
    }
  }

  private static Set<String> common(Map<String, String> set, Set<String> remove) {
    Set<String> both = new LinkedHashSet<>(remove);
    both.retainAll(set.keySet());
    return both;
  }
}
