package io.opsautomator.architecture.bad;

/** Nobody who catches the project's exceptions would catch this one. */
public class StrayException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StrayException(String message) {
    super(message);
  }
}
