package io.opsautomator.engine.internal;

import io.opsautomator.dispatch.Message;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Gate;
import io.opsautomator.store.Gates.HandOver;
import io.opsautomator.store.Grant;
import io.opsautomator.store.Selections.Ends;
import io.opsautomator.store.Selections.Tally;
import java.util.List;

/**
 * What follows from the end of an execution: its slots go to the next, it is tallied, and its run
 * may be over. In this order, so that what is tallied holds no slot. Idempotent.
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
    ended(execution, execution.progress().drive());
  }

  /**
   * @param drive in which it counts; one that ended in an earlier one and was not driven again
   *     counts in the later ones too
   */
  void ended(Execution execution, int drive) {
    List<Grant> grants = execution.grants();
    for (int i = grants.size() - 1; i >= 0; i--) {
      HandOver done = slots.handOver(grants.get(i), execution);
      if (done instanceof HandOver.Freed freed && turns(freed.now())) {
        kernel.send(new Message.Watch(execution.origin().run()));
      }
    }
    Tally tally = tally(execution, drive);
    if (tally.batchFull()) {
      closer.closeAfter(execution.origin().run(), tally);
    }
  }

  /** Whether a wave is through, or nothing more may begin: then somebody has to see to the run. */
  private static boolean turns(Gate now) {
    return !now.open() && (now.held().isEmpty() || now.brake().orElseThrow().spent());
  }

  /** Counts an end without looking whether it was the last one. */
  Tally tally(Execution execution, int drive) {
    return kernel
        .store()
        .selections()
        .ended(execution.origin().run(), execution.origin().batch(), drive, Ends.of(execution));
  }
}
