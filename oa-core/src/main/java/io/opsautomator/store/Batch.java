package io.opsautomator.store;

import io.opsautomator.task.ExecutionId;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Up to 100 executions that were made together, and which of them are known to have ended.
 * Immutable. The sets hold ordinals, so that reporting an end twice counts once; no ordinal is in
 * two of them.
 *
 * @param last whether the group has no further batch
 * @param drive of its run, that what has ended is counted in
 * @param succeeded in any drive so far: what succeeded is not driven again
 * @param failed in this drive
 * @param notStarted in this drive: stopped before they began
 */
public record Batch(
    BatchId id,
    List<ExecutionId> executions,
    boolean last,
    int drive,
    Set<Integer> succeeded,
    Set<Integer> failed,
    Set<Integer> notStarted) {
  public Batch {
    executions = List.copyOf(executions);
    succeeded = Ordinals.copyOf(succeeded);
    failed = Ordinals.copyOf(failed);
    notStarted = Ordinals.copyOf(notStarted);
  }

  public static Batch fresh(BatchId id, List<ExecutionId> executions, boolean last) {
    return new Batch(id, executions, last, 0, Set.of(), Set.of(), Set.of());
  }

  /** Those that are not known to have ended. */
  public List<ExecutionId> notEnded() {
    return IntStream.range(0, executions.size())
        .filter(i -> !succeeded.contains(i) && !failed.contains(i) && !notStarted.contains(i))
        .mapToObj(executions::get)
        .toList();
  }

  /** Whether all have ended. */
  public boolean full() {
    return succeeded.size() + failed.size() + notStarted.size() >= executions.size();
  }
}
