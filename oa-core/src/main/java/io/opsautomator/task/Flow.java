package io.opsautomator.task;

import java.util.List;

/**
 * How the runs of a task hang together with others. Immutable.
 *
 * @param after the tasks whose runs it follows, each once
 */
public record Flow(List<After> after) {
  /** Hangs together with nothing. */
  public static final Flow NONE = new Flow(List.of());

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
