package io.opsautomator.action;

import org.jspecify.annotations.Nullable;

/**
 * The service answered no, so nothing happened; {@code code} is its own, such as
 * InsufficientInstanceCapacity. Adapters translate to it; time-outs and server errors are not
 * refusals. Journalled, and thrown again on replay.
 */
public class RefusedException extends ActionException {
  private static final long serialVersionUID = 1L;

  public RefusedException(String code, String message) {
    super(code, message, null);
  }

  public RefusedException(String code, String message, @Nullable Throwable cause) {
    super(code, message, cause);
  }
}
