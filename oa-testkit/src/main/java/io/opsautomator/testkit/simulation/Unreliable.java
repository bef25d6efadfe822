package io.opsautomator.testkit.simulation;

import io.opsautomator.action.TransientException;
import io.opsautomator.action.TransientException.Kind;

/** How the simulated cloud says that it has not answered. */
final class Unreliable {
  private Unreliable() {}

  /** Without a stack trace: nobody looks where a simulated failure came from. */
  private static final class Simulated extends Exception {
    private static final long serialVersionUID = 1L;

    Simulated() {
      super("simulated", null, false, false);
    }
  }

  static TransientException throttled() {
    return new TransientException(Kind.THROTTLED, "Throttling", "rate exceeded", new Simulated());
  }

  static TransientException noAnswer(String message) {
    return new TransientException(Kind.IN_DOUBT, "Timeout", message, new Simulated());
  }
}
