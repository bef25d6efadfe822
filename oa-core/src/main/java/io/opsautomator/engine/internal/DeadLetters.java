package io.opsautomator.engine.internal;

import io.opsautomator.action.ActionException;

/**
 * What is said of that whose message the queue has given up: an execution, once nobody holds its
 * lease; a slice; or a run.
 */
final class DeadLetters {
  static final String CODE = "ERR_POISON";
  static final String REASON =
      "given up: its message came again and again, and each time its handler failed or its process"
          + " died; the logs of the workers say why";

  private DeadLetters() {}

  static ActionException failure() {
    return new ActionException(CODE, REASON);
  }
}
