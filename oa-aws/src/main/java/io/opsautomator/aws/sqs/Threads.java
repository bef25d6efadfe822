package io.opsautomator.aws.sqs;

/** What threads can be asked. */
final class Threads {
  private Threads() {}

  /** Waits for it to end, however often that is interrupted. */
  static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true; // Told to the caller below.
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
