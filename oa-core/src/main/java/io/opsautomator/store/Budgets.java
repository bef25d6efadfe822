package io.opsautomator.store;

import io.opsautomator.task.RunId;
import java.util.Optional;

/**
 * What all runs together may do in a window of time. A run reserves what it is about to do before
 * it does any of it, in one conditional write, so no two runs can share what is left.
 */
public interface Budgets {

  /**
   * Reserves {@code amount} for the run, unless all runs would then have more than {@code limit}. A
   * run that has reserved in this window keeps what it has, whatever the amount and the limit are
   * now; so the write may be repeated. Refused with the window as it is, empty if need be.
   *
   * @param window its name, see {@link Budget}; windows of other names never meet
   * @throws IllegalArgumentException if {@code amount} is negative
   */
  Write<Budget> reserve(String window, RunId run, int amount, int limit);

  Optional<Budget> find(String window);
}
