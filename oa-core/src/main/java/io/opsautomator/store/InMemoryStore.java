package io.opsautomator.store;

import io.opsautomator.task.RunId;
import java.time.Instant;
import java.util.List;

/**
 * A store that keeps nothing: for tests, for virtual time, and for those who want nothing kept.
 * Thread-safe.
 */
public final class InMemoryStore implements Store {
  private final InMemoryRuns runs = new InMemoryRuns();
  private final InMemorySelections selections = new InMemorySelections();
  private final InMemoryExecutions executions = new InMemoryExecutions();
  private final InMemoryGates gates = new InMemoryGates();
  private final InMemoryBudgets budgets = new InMemoryBudgets();

  @Override
  public Tasks tasks() {
    return runs.tasks();
  }

  @Override
  public Runs runs() {
    return runs;
  }

  @Override
  public Selections selections() {
    return selections;
  }

  @Override
  public Executions executions() {
    return executions;
  }

  @Override
  public Gates gates() {
    return gates;
  }

  @Override
  public Budgets budgets() {
    return budgets;
  }

  @Override
  public int purge(Instant endedBefore, int atMost) {
    List<RunId> ended = runs.purge(endedBefore, atMost);
    ended.forEach(run -> executions.forget(selections.forget(run)));
    gates.forget(ended);
    budgets.purge(endedBefore);
    return ended.size();
  }

  @Override
  public void close() {
    // Nothing is held open, and nothing was promised to outlive it.
  }
}
