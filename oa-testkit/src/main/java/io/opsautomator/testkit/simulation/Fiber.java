package io.opsautomator.testkit.simulation;

import io.opsautomator.task.ExecutionId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One worker of a simulated process: a task that may be left at a seam and gone on with later. */
final class Fiber {
  final Node node;
  final int number;
  final Runnable body;

  /** The thread it is on; null until it is first let go. */
  @Nullable Carrier carrier;

  /** Whether it is in nobody's list, and waits for an event to put it back into one. */
  boolean asleep;

  boolean over;

  /** What it has asked of the store and has not been answered, where that takes several steps. */
  @Nullable Operation operation;

  /** Under which epoch it believes to work, by execution. */
  private final Map<ExecutionId, Long> epochs = new HashMap<>(4);

  Fiber(Node node, int number, Runnable body) {
    this.node = node;
    this.number = number;
    this.body = body;
  }

  /** It has been answered under this epoch. */
  void believes(ExecutionId execution, long epoch) {
    epochs.put(execution, epoch);
    node.knows(execution, epoch);
  }

  /**
   * Nobody works on it, as far as it knows, or another message about it begins: then it works under
   * what its process has parked, or is told anew.
   */
  void forgets(ExecutionId execution) {
    epochs.remove(execution);
  }

  /** What it was answered itself for this message; else what its process parked, or that says. */
  long epoch(ExecutionId execution) {
    return epochs.getOrDefault(execution, node.epoch(execution));
  }
}
