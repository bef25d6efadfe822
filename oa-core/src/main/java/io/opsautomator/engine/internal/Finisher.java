package io.opsautomator.engine.internal;

import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Selections.Tally;
import java.util.Set;

/**
 * What follows from the end of an execution: its slot goes to the next, it is tallied, and its run
 * may be over. Idempotent.
 */
final class Finisher {
  private final Kernel kernel;
  private final Slots slots;
  private final RunCloser closer;

  Finisher(Kernel kernel, Slots slots, RunCloser closer) {
    this.kernel = kernel;
    this.slots = slots;
    this.closer = closer;
  }

  void ended(Execution execution) {
    execution.grant().ifPresent(slots::handOver);
    if (tally(execution).batchFull()) {
      closer.close(execution.origin().run());
    }
  }

  /** Counts an end without looking whether it was the last one. */
  Tally tally(Execution execution) {
    Set<Integer> ordinal = Set.of(execution.origin().ordinal());
    boolean good = execution.status() == Status.SUCCEEDED;
    return kernel
        .store()
        .selections()
        .ended(
            execution.origin().run(),
            execution.origin().batch(),
            good ? ordinal : Set.of(),
            good ? Set.of() : ordinal);
  }
}
