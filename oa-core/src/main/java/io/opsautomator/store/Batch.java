package io.opsautomator.store;

import io.opsautomator.task.ExecutionId;
import java.util.List;
import java.util.Set;

/**
 * Up to 100 executions that were made together, and which of them are known to have ended.
 * Immutable. The sets hold ordinals, so that reporting an end twice counts once.
 *
 * @param last whether the group has no further batch
 */
public record Batch(
    BatchId id,
    List<ExecutionId> executions,
    boolean last,
    Set<Integer> succeeded,
    Set<Integer> failed) {
  public Batch {
    executions = List.copyOf(executions);
    succeeded = Set.copyOf(succeeded);
    failed = Set.copyOf(failed);
  }

  public static Batch fresh(BatchId id, List<ExecutionId> executions, boolean last) {
    return new Batch(id, executions, last, Set.of(), Set.of());
  }

  public boolean full() {
    return succeeded.size() + failed.size() >= executions.size();
  }
}
