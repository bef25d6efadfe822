package io.opsautomator.dispatch;

import java.time.Instant;

/**
 * Runs something later. The engine's only way to let time pass; virtual time implements it too.
 * Thread-safe.
 */
@FunctionalInterface
public interface Timer {
  /**
   * Runs {@code task} once at {@code when}, or at once if that has passed, never in the caller's
   * call. It must not block.
   */
  Alarm at(Instant when, Runnable task);

  /** Something set to run. */
  @FunctionalInterface
  interface Alarm {
    /** Without effect once it runs. */
    void cancel();
  }
}
