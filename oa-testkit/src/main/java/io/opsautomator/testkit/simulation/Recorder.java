package io.opsautomator.testkit.simulation;

import io.opsautomator.store.Execution;
import java.util.List;

/** Keeps the record of a world: numbers what happens, and tells the watchers. */
interface Recorder {
  /** Now, in the hands of the worker that runs. */
  Moment moment();

  void written(Request request, List<Change> changes, Object answer);

  /** The worker that runs has been told this image of an execution. */
  void seen(Execution image);
}
