package io.opsautomator.store;

import io.opsautomator.OpsAutomatorException;

/**
 * A store could not do what was asked, or does not know whether it did. Nothing is half-applied;
 * repeating a write is always safe, since every write is conditional.
 */
public final class StoreException extends OpsAutomatorException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message) {
    super(message, null);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
