package io.opsautomator.testkit.simulation;

import io.opsautomator.store.Budgets;
import io.opsautomator.store.Executions;
import io.opsautomator.store.Gates;
import io.opsautomator.store.Runs;
import io.opsautomator.store.Selections;
import io.opsautomator.store.Store;
import io.opsautomator.store.Tasks;
import java.time.Instant;

/**
 * The items themselves; tells of every write what was asked, what it changed, what was answered.
 */
final class ObservedStore implements Store {
  private final Store items;
  private final ObservedTasks tasks;
  private final ObservedRuns runs;
  private final ObservedSelections selections;
  private final ObservedExecutions executions;
  private final ObservedGates gates;
  private final ObservedBudgets budgets;

  ObservedStore(Store items, Recorder recorder) {
    this.items = items;
    this.tasks = new ObservedTasks(items.tasks(), recorder);
    this.runs = new ObservedRuns(items.runs(), items.tasks(), recorder);
    this.selections = new ObservedSelections(items.selections(), recorder);
    this.executions = new ObservedExecutions(items.executions(), recorder);
    this.gates = new ObservedGates(items.gates(), recorder);
    this.budgets = new ObservedBudgets(items.budgets(), recorder);
  }

  @Override
  public Tasks tasks() {
    return tasks;
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
    return items.purge(endedBefore, atMost);
  }

  @Override
  public void close() {
    // The world goes on without the process that closes it.
  }
}
