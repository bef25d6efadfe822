package io.opsautomator.testkit.simulation;

import io.opsautomator.store.Budgets;
import io.opsautomator.store.Executions;
import io.opsautomator.store.Gates;
import io.opsautomator.store.Runs;
import io.opsautomator.store.Selections;
import io.opsautomator.store.Store;
import io.opsautomator.store.Tasks;
import java.time.Instant;

/** The shared store as one process sees it: with a seam at every operation. */
final class PortStore implements Store {
  private final Store shared;
  private final Node node;
  private final Seams seams;
  private final Tasks tasks;
  private final Runs runs;
  private final Selections selections;
  private final Executions executions;
  private final Gates gates;
  private final Budgets budgets;

  PortStore(Store shared, Node node, Seams seams) {
    this.shared = shared;
    this.node = node;
    this.seams = seams;
    this.tasks = new PortTasks(shared.tasks(), node, seams);
    this.runs = new PortRuns(shared.runs(), node, seams);
    this.selections = new PortSelections(shared.selections(), node, seams);
    this.executions = new PortExecutions(shared.executions(), node, seams);
    this.gates = new PortGates(shared.gates(), node, seams);
    this.budgets = new PortBudgets(shared.budgets(), node, seams);
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
    return seams.write(node, "purge", () -> shared.purge(endedBefore, atMost));
  }

  @Override
  public void close() {
    // The world goes on without the process that closes it.
  }
}
