package io.opsautomator.resource;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The value of the tag by which a resource names the tasks it wants: {@code nightly,
 * weekly/monthly} (separated by commas, blanks or slashes). It selects the resource for tasks that
 * have no filter of their own. Immutable.
 */
public record TaskList(Set<String> names) {
  /** The tag's usual name; a deployment may choose another. */
  public static final String DEFAULT_TAG = "OpsAutomatorTaskList";

  public TaskList {
    names = Collections.unmodifiableSet(new LinkedHashSet<>(names));
  }

  /** Splits a tag's value; anything can be split. */
  public static TaskList parse(String value) {
    return new TaskList(
        Arrays.stream(value.split("[,/\\s]+", -1))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toCollection(LinkedHashSet::new)));
  }

  /** Whether exactly this task is named. */
  public boolean contains(String task) {
    return names.contains(task);
  }
}
