package io.opsautomator.resource;

/**
 * A slice could not be read, so nobody can say what is in it: selection fails closed. The message
 * names the slice.
 */
public class ResourceAccessException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ResourceAccessException(Scope scope, String message, Throwable cause) {
    super(scope.account().value() + "/" + scope.region().value() + ": " + message, cause);
  }
}
