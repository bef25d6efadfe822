package io.opsautomator.task;

import java.util.List;
import java.util.Optional;

/**
 * How the runs of a task go: after which others, how wide, and how carefully. Immutable.
 *
 * @param after the tasks whose runs it follows, each once
 * @param share how many of its executions a run has at work at once, as a percentage of them,
 *     rounded down, and at least one
 * @param recheck whether a resource is looked at again just before it is acted on; empty for what
 *     the action says, which is yes for a destructive one
 */
public record Flow(List<After> after, Optional<Amount> share, Optional<Boolean> recheck) {
  /** Whatever the action says. */
  public static final Flow NONE = new Flow(List.of(), Optional.empty(), Optional.empty());

  public Flow {
    after = List.copyOf(after);
  }

  /** Whether anything is set. */
  public boolean any() {
    return !equals(NONE);
  }

  /** Whether it is followed by a run when one of {@code task} ended so. */
  public boolean follows(TaskName task, After.End end) {
    return after.stream().anyMatch(it -> it.task().equals(task) && it.when().contains(end));
  }
}
