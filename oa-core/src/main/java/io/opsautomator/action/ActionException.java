package io.opsautomator.action;

/**
 * The action cannot do its work. {@code code} is stable, the message is written for the operator
 * who reads the audit trail.
 */
public class ActionException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String code;

  public ActionException(String code, String message) {
    this(code, message, null);
  }

  public ActionException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public final String code() {
    return code;
  }

  public final boolean is(String... codes) {
    return java.util.Set.of(codes).contains(code);
  }
}
