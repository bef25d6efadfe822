package io.opsautomator.engine.internal;

import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.WorkQueue;
import io.opsautomator.dispatch.WorkQueue.Delivery;
import java.time.Duration;
import java.util.List;

/**
 * In place of a message that was never sent, since the worker that granted the slot went on with
 * its new holder by itself. Should the worker die, the run watch finds the execution by its lease.
 */
record Granted(Message.Start message, WorkQueue queue) implements Delivery {
  @Override
  public int receipts() {
    return 1;
  }

  @Override
  public void acknowledge() {
    // No queue has it.
  }

  @Override
  public void again(Duration after) {
    queue.send(List.of(message), after);
  }
}
