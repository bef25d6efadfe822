package io.opsautomator.store;

import io.opsautomator.task.RunId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Budgets by window. Guarded by itself. */
final class InMemoryBudgets implements Budgets {
  private final Map<String, Budget> items = new HashMap<>();

  @Override
  public synchronized Write<Budget> reserve(String window, RunId run, int amount, int limit) {
    Budget stored = items.getOrDefault(window, new Budget(window, Map.of()));
    Write<Budget> write = BudgetRules.reserve(stored, run, amount, limit);
    if (write instanceof Write.Applied<Budget> applied) {
      items.put(window, applied.now());
    }
    return write;
  }

  @Override
  public synchronized Optional<Budget> find(String window) {
    return Optional.ofNullable(items.get(window));
  }

  synchronized void purge(Instant endedBefore) {
    items
        .keySet()
        .removeIf(window -> BudgetRules.end(window).filter(endedBefore::isAfter).isPresent());
  }
}
