package io.opsautomator.cli;

import org.jspecify.annotations.Nullable;

/** Ends a command with a message for the person who gave it, and an exit status. */
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  static final int OK = 0;
  static final int FAILED = 1;
  static final int BAD_INPUT = 2;

  private final int status;

  Failure(int status, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  /** What was asked for cannot be understood. */
  static Failure badInput(String message) {
    return new Failure(BAD_INPUT, message, null);
  }

  static Failure failed(String message) {
    return new Failure(FAILED, message, null);
  }

  int status() {
    return status;
  }
}
