package io.opsautomator.resource;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Guards a task that runs on tag changes against its own tags: before its action writes them, this
 * tells whether they would make the task run again. Pure functions.
 *
 * <p>Only what changes counts: a tag set to the value it has makes no event. Removed tags count as
 * much as new ones, as a negated condition may hold without them; names are compared with the
 * filter's patterns, not with their text.
 */
public final class TagLoop {
  private TagLoop() {}

  /**
   * For a task with a filter: something changes that the filter looks at, and the result matches.
   *
   * @param current the resource's tags before the changes
   * @return why the task would run again, as a sentence; empty if it would not
   */
  public static Optional<String> reason(
      TagFilter filter, Map<String, String> current, TagChanges changes) {
    Set<String> looksAt =
        changedNames(current, changes).stream()
            .filter(filter::dependsOn)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (looksAt.isEmpty() || !filter.matches(changes.applyTo(current))) {
      return Optional.empty();
    }
    return Optional.of(
        "changing %s leaves tags that the task's own filter %s matches, so it would run again"
            .formatted(String.join(", ", looksAt), filter));
  }

  /**
   * For a task without a filter: its task-list tag changes, and names the task afterwards.
   *
   * @param listTag the name of the task-list tag
   * @param current the resource's tags before the changes
   * @return why the task would run again, as a sentence; empty if it would not
   */
  public static Optional<String> reason(
      String listTag, String task, Map<String, String> current, TagChanges changes) {
    String list = changes.applyTo(current).getOrDefault(listTag, "");
    if (!changedNames(current, changes).contains(listTag) || !TaskList.parse(list).contains(task)) {
      return Optional.empty();
    }
    return Optional.of(
        "changing %s to %s names the task %s, so it would run again"
            .formatted(listTag, list, task));
  }

  private static Set<String> changedNames(Map<String, String> current, TagChanges changes) {
    TagChanges effective = changes.effectiveOn(current);
    Set<String> names = new LinkedHashSet<>(effective.set().keySet());
    names.addAll(effective.remove());
    return names;
  }
}
