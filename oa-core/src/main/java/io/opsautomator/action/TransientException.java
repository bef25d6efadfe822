package io.opsautomator.action;

/**
 * The service gave no answer that can be relied on; asking again later may succeed. Adapters
 * translate throttling, time-outs, broken connections and server errors to it. Never journalled:
 * the engine asks again, with growing pauses, until the deadline of the execution.
 */
public class TransientException extends ActionException {
  private static final long serialVersionUID = 1L;
  private final Kind kind;

  /** What is known about the call. */
  public enum Kind {
    /** The service turned the call away for its rate: certainly nothing happened. */
    THROTTLED,
    /** A time-out or a server error: nobody knows whether it happened. */
    IN_DOUBT
  }

  public TransientException(Kind kind, String code, String message, Throwable cause) {
    super(code, message, cause);
    this.kind = kind;
  }

  public final Kind kind() {
    return kind;
  }
}
