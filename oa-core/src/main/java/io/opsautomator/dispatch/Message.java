package io.opsautomator.dispatch;

import io.opsautomator.resource.Scope;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Grant;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import java.util.Optional;

/**
 * Work that may be waiting. A hint: the store decides whether there is still something to do.
 * Immutable.
 */
public sealed interface Message {
  /**
   * List a slice of the run; without one, fan the run out or go on once all its slices have ended.
   */
  record Select(RunId run, Optional<Scope> slice) implements Message {}

  /**
   * Start the execution, or take it over.
   *
   * @param ticket its place in the queue, as far as the sender knew
   * @param by absent for executions without a limit
   */
  record Start(ExecutionId execution, int ticket, Optional<Grant> by) implements Message {}

  /**
   * See whether what the execution waits for has happened.
   *
   * @param epoch under which the wait began
   * @param image the execution as it then was, so that looking costs no read; a queue may leave it
   *     out
   */
  record Check(ExecutionId execution, long epoch, Optional<Execution> image) implements Message {}

  /** Look whether the run goes on. */
  record Watch(RunId run) implements Message {}
}
