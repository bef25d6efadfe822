package io.opsautomator.testkit.simulation;

import io.opsautomator.store.Budget;
import io.opsautomator.store.Budgets;
import io.opsautomator.store.Write;
import io.opsautomator.task.RunId;
import java.util.List;
import java.util.Optional;

/** Tells of every write of a budget; what came of it is in the answer. */
final class ObservedBudgets implements Budgets {
  private final Budgets items;
  private final Recorder recorder;

  ObservedBudgets(Budgets items, Recorder recorder) {
    this.items = items;
    this.recorder = recorder;
  }

  @Override
  public Write<Budget> reserve(String window, RunId run, int amount, int limit) {
    Write<Budget> answer = items.reserve(window, run, amount, limit);
    recorder.written(new Request.Reserve(window, run, amount, limit), List.of(), answer);
    return answer;
  }

  @Override
  public Optional<Budget> find(String window) {
    return items.find(window);
  }
}
