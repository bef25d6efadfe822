package io.opsautomator.engine.internal;

import io.opsautomator.store.Execution;
import io.opsautomator.store.Selections.Ends;
import io.opsautomator.store.Selections.Tally;

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
    execution.grants().forEach(slots::handOver);
    if (tally(execution).batchFull()) {
      closer.close(execution.origin().run());
    }
  }

  /** Counts an end without looking whether it was the last one. */
  Tally tally(Execution execution) {
    return kernel
        .store()
        .selections()
        .ended(
            execution.origin().run(),
            execution.origin().batch(),
            execution.progress().drive(),
            Ends.of(execution));
  }
}
