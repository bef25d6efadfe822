package io.opsautomator.store;

import io.opsautomator.task.RunId;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a write of a budget demands and does: pure functions of what is stored. */
public final class BudgetRules {
  private BudgetRules() {}

  /**
   * @param stored what is reserved in the window so far
   */
  public static Write<Budget> reserve(Budget stored, RunId run, int amount, int limit) {
    if (amount < 0) {
      throw new IllegalArgumentException(
          "run " + run.value() + " reserves " + amount + ", not 0 or more");
    }
    if (stored.reserved().containsKey(run)) {
      return new Write.Applied<>(stored);
    }
    if ((long) stored.used() + amount > limit) {
      return new Write.Refused<>(stored);
    }
    Map<RunId, Integer> reserved = new HashMap<>(stored.reserved());
    reserved.put(run, amount);
    return new Write.Applied<>(new Budget(stored.window(), reserved));
  }

  /** When a window ends, by its name, for purging; empty when the name does not say. */
  public static Optional<Instant> end(String window) {
    int slash = window.indexOf('/');
    try {
      return slash < 0
          ? Optional.empty()
          : Optional.of(
              Instant.parse(window.substring(0, slash))
                  .plus(Duration.parse(window.substring(slash + 1))));
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty(); // A name of somebody's own: kept until its store is gone.
    }
  }
}
