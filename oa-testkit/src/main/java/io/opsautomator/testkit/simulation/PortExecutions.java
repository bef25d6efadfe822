package io.opsautomator.testkit.simulation;

import io.opsautomator.store.Execution;
import io.opsautomator.store.Executions;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import java.util.Collection;
import java.util.List;

/** Executions as one process sees them. */
final class PortExecutions implements Executions {
  private final Executions shared;
  private final Node node;
  private final Seams seams;

  PortExecutions(Executions shared, Node node, Seams seams) {
    this.shared = shared;
    this.node = node;
    this.seams = seams;
  }

  @Override
  public List<Write<Execution>> create(List<Execution> fresh) {
    return seams.write(node, "executions.create", () -> shared.create(fresh));
  }

  @Override
  public Write<Execution> claim(Claim claim) {
    return seams.write(node, "executions.claim", () -> shared.claim(claim));
  }

  @Override
  public Write<Execution> advance(ExecutionId id, long epoch, Move move) {
    return seams.write(node, "executions.advance", () -> shared.advance(id, epoch, move));
  }

  @Override
  public Write<Execution> cancel(ExecutionId id, Execution.Cancel cancel, boolean force) {
    return seams.write(node, "executions.cancel", () -> shared.cancel(id, cancel, force));
  }

  @Override
  public Write<Execution> drop(ExecutionId id, String why) {
    return seams.write(node, "executions.drop", () -> shared.drop(id, why));
  }

  @Override
  public Write<Execution> redrive(ExecutionId id, int drive, boolean uncertainToo) {
    return seams.write(node, "executions.redrive", () -> shared.redrive(id, drive, uncertainToo));
  }

  @Override
  public List<Execution> find(Collection<ExecutionId> ids) {
    return seams.read(node, "executions.find", () -> shared.find(ids));
  }
}
