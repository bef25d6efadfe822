package io.opsautomator.action.internal;

import io.opsautomator.action.RefusedException;
import io.opsautomator.action.TransientException;
import io.opsautomator.action.internal.Leave.Why;
import java.time.Duration;
import java.util.function.Supplier;

/** What the failures of calls mean to steps, and why steps leave. */
final class Calls {
  private Calls() {}

  /** A read that gets no answer is made again later. */
  static <T> T reliably(Supplier<T> read) {
    try {
      return read.get();
    } catch (TransientException e) {
      throw new Leave.ToRetry(e);
    }
  }

  /**
   * Turned away for its rate, a call has certainly not happened; where none may be repeated, that
   * is an answer.
   */
  static <T> T throttledIsNo(Supplier<T> call) {
    try {
      return call.get();
    } catch (TransientException e) {
      if (e.kind() == TransientException.Kind.THROTTLED) {
        throw new RefusedException(e.code(), String.valueOf(e.getMessage()), e);
      }
      throw e;
    }
  }

  static Leave uncertain(String name) {
    return new Leave.Stopped(
        Why.UNCERTAIN,
        "'" + name + "' may be done at most once; it was begun, and how it ended is not known");
  }

  static Leave replayed() {
    return new Leave.Stopped(Why.REPLAYED, "all that can have been done has been replayed");
  }

  static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
