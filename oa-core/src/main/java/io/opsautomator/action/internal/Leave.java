package io.opsautomator.action.internal;

import io.opsautomator.action.Completion;
import io.opsautomator.action.TransientException;
import java.time.Duration;

/**
 * Leaves {@code execute} before its end. An {@code Error}, so that no action catches it by
 * accident; without a stack trace, since it is no fault. Only the engine catches it.
 */
public abstract sealed class Leave extends Error {
  private static final long serialVersionUID = 1L;

  private Leave(String message) {
    super(message, null, false, false);
  }

  /** The action waits for something that has not been looked at yet. */
  public static final class ToWait extends Leave {
    private static final long serialVersionUID = 1L;
    private final transient Completion<?> completion;

    public ToWait(Completion<?> completion) {
      super("waits for " + completion.name());
      this.completion = completion;
    }

    public Completion<?> completion() {
      return completion;
    }
  }

  /** It was looked at, and it is not so yet. */
  public static final class NotYet extends Leave {
    private static final long serialVersionUID = 1L;
    private final Duration next;

    public NotYet(Duration next) {
      super("not yet");
      this.next = next;
    }

    /** How long until the next look. */
    public Duration next() {
      return next;
    }
  }

  /** No reliable answer; to be asked again later. */
  public static final class ToRetry extends Leave {
    private static final long serialVersionUID = 1L;
    private final transient TransientException failure;

    public ToRetry(TransientException failure) {
      super(failure.code());
      this.failure = failure;
    }

    public TransientException failure() {
      return failure;
    }
  }

  /** It does not go on, or not here. */
  public static final class Stopped extends Leave {
    private static final long serialVersionUID = 1L;
    private final Why why;

    public Stopped(Why why, String message) {
      super(message);
      this.why = why;
    }

    public Why why() {
      return why;
    }
  }

  public enum Why {
    /** Somebody asked for it. */
    CANCELLED,
    /** The process ends; another will go on. */
    CLOSING,
    /** Another worker has taken over. */
    OVERTAKEN,
    /** The time of the execution, or its patience with a wait, is over. */
    TIMED_OUT,
    /** A step that may be done at most once was begun, and nobody knows how it ended. */
    UNCERTAIN,
    /** The action asks for other steps than the journal has. */
    DIVERGED,
    /** All that was done has been replayed. */
    REPLAYED
  }
}
