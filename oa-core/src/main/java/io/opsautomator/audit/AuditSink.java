package io.opsautomator.audit;

import java.util.function.Consumer;

/**
 * Receives what happened, after it is durable. Called at least once per event, in order within a
 * run, from any thread; must not block for long. What it throws is logged and changes nothing.
 */
@FunctionalInterface
public interface AuditSink {
  void accept(AuditEvent event);

  /**
   * Whether events of this type are wanted; the others may be left out, and need not be made. Asked
   * again and again, and may change its answer.
   */
  default boolean wants(Class<? extends AuditEvent> type) {
    return true;
  }

  static AuditSink none() {
    return NoSink.NONE;
  }

  /** A listener: just the events of one type. */
  static <E extends AuditEvent> AuditSink on(Class<E> type, Consumer<? super E> listener) {
    return new Listener<>(type, listener);
  }
}
