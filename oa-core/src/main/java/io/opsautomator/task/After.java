package io.opsautomator.task;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * That a task runs when a run of another one has ended. Immutable.
 *
 * @param task the other one; it need not be stored yet
 * @param when how the other's run has to have ended, in the order of {@link End}; never empty
 */
public record After(TaskName task, Set<End> when) {

  /** How a run may end. One that was passed over has not run, and nothing follows it. */
  public enum End {
    /** Everything that was selected was done; nothing may have been selected. */
    SUCCEEDED,
    /** Some of it failed, or could not be selected. */
    PARTIAL,
    FAILED,
    CANCELLED
  }

  /** Throws IllegalArgumentException if no end would do. */
  public After {
    if (when.isEmpty()) {
      throw new IllegalArgumentException("after " + task.value() + " when nothing has happened");
    }
    when = Collections.unmodifiableSet(EnumSet.copyOf(when));
  }
}
