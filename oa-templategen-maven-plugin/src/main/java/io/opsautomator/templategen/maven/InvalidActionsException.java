package io.opsautomator.templategen.maven;

/** What the project says of its actions is wrong; the message says what, and where. */
final class InvalidActionsException extends Exception {
  private static final long serialVersionUID = 1;

  InvalidActionsException(String message) {
    super(message);
  }

  InvalidActionsException(String message, Throwable cause) {
    super(message, cause);
  }
}
