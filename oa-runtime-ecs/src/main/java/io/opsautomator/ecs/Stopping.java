package io.opsautomator.ecs;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ends an engine within a time. Closing waits for the actions at work to come to a boundary, and
 * one that hangs in a call may never come to one; the process ends without it then, which is what a
 * lease is for.
 */
final class Stopping {
  private Stopping() {}

  /**
   * @param close of the engine
   * @return whether it has come to its end in good order
   * @throws IllegalStateException if closing failed
   */
  static boolean within(Duration limit, Runnable close) throws InterruptedException {
    FutureTask<Void> closing = new FutureTask<>(close, null);
    Thread thread = new Thread(closing, "oa-closing");
    thread.setDaemon(true);
    thread.start();
    try {
      closing.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException inTheMiddleOfACall) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the engine could not be closed in good order", e.getCause());
    }
  }
}
