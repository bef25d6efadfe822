package io.opsautomator.action;

import io.opsautomator.OpsAutomatorException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The action cannot do its work. {@code code} is stable, the message is written for the operator
 * who reads the audit trail.
 */
public class ActionException extends OpsAutomatorException {
  private static final long serialVersionUID = 1L;
  private final String code;

  public ActionException(String code, String message) {
    this(code, message, null);
  }

  public ActionException(String code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public final String code() {
    return code;
  }

  public final boolean is(String... codes) {
    return Set.of(codes).contains(code);
  }
}
