package io.opsautomator.testkit.simulation;

import io.opsautomator.resource.Scope;
import io.opsautomator.store.Batch;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Gate;
import io.opsautomator.store.Page;
import io.opsautomator.store.Run;
import io.opsautomator.store.Slice;
import io.opsautomator.store.StoredTask;
import io.opsautomator.task.RunId;
import java.util.Optional;

/** What a write did to one item; empty before it was made. Purging is not told. */
sealed interface Change {
  record OfTask(Optional<StoredTask> before, StoredTask after) implements Change {}

  record OfRun(Optional<Run> before, Run after) implements Change {}

  record OfSlice(RunId run, Scope scope, Optional<Slice> before, Slice after) implements Change {}

  /** Pages are only ever added. */
  record OfPage(RunId run, Page after) implements Change {}

  record OfBatch(RunId run, Optional<Batch> before, Batch after) implements Change {}

  record OfExecution(Optional<Execution> before, Execution after) implements Change {}

  record OfGate(Optional<Gate> before, Gate after) implements Change {}
}
