package io.opsautomator.dispatch;

import io.opsautomator.resource.Scope;
import io.opsautomator.store.Grant;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * At least once, in any order, not before its delay. What {@code send} has returned from is
 * delivered until acknowledged.
 */
public interface WorkQueue {

  void send(List<Message> messages, Duration delay);

  /** Messages are hints: the store decides whether there is still something to do. */
  sealed interface Message {
    record Select(RunId run, Optional<Scope> slice) implements Message {}

    /** {@code by} is absent for executions without a limit. */
    record Start(ExecutionId execution, int ticket, Optional<Grant> by, String payload)
        implements Message {}

    record Check(ExecutionId execution, long epoch, String waitingFor) implements Message {}

    record Watch(RunId run) implements Message {}
  }

  /**
   * A message in hand. It comes again unless acknowledged; {@code receipts} above 1 means: announce
   * all grants again.
   */
  interface Delivery {
    Message message();

    int receipts();

    /** Last of all, when whatever this message led to has been sent. */
    void acknowledge();

    /** Puts the same message back, so that a doubled delivery cannot become a second chain. */
    void again(Duration after);
  }
}
