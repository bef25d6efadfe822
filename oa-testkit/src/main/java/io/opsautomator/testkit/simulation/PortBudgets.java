package io.opsautomator.testkit.simulation;

import io.opsautomator.store.Budget;
import io.opsautomator.store.Budgets;
import io.opsautomator.store.Write;
import io.opsautomator.task.RunId;
import java.util.Optional;

/** Budgets as one process sees them. */
final class PortBudgets implements Budgets {
  private final Budgets shared;
  private final Node node;
  private final Seams seams;

  PortBudgets(Budgets shared, Node node, Seams seams) {
    this.shared = shared;
    this.node = node;
    this.seams = seams;
  }

  @Override
  public Write<Budget> reserve(String window, RunId run, int amount, int limit) {
    return seams.write(node, "budgets.reserve", () -> shared.reserve(window, run, amount, limit));
  }

  @Override
  public Optional<Budget> find(String window) {
    return seams.read(node, "budgets.find", () -> shared.find(window));
  }
}
