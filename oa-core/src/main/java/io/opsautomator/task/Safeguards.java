package io.opsautomator.task;

import io.opsautomator.resource.Denylist;
import java.util.Optional;

/**
 * What a deployment lays down for all its tasks, and no task can override. Immutable.
 *
 * @param deny what no task may touch
 * @param budget how much all tasks together may do in a length of time
 */
public record Safeguards(Denylist deny, Optional<Budget> budget) {
  /** Nothing is denied and nothing limited. */
  public static final Safeguards NONE = new Safeguards(Denylist.NONE, Optional.empty());
}
