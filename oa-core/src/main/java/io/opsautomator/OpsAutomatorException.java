package io.opsautomator;

import org.jspecify.annotations.Nullable;

/**
 * Something failed that a caller may want to catch whatever it was. Mistakes in what was passed are
 * {@link IllegalArgumentException}s; what is expected to go either way is a value, never an
 * exception.
 */
public abstract class OpsAutomatorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** {@code message} says what failed, on what, and what to do about it. */
  protected OpsAutomatorException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
