package io.opsautomator.aws.sqs;

/** What threads can be asked. */
final class Threads {
  private Threads() {}

  static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

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
