package io.opsautomator.audit;

import java.util.function.Consumer;

/**
 * Receives what happened, after it is durable. Called at least once per event, in order within a
 * run, from any thread; must not block for long. What it throws is logged and changes nothing.
 */
@FunctionalInterface
public interface AuditSink {
  void accept(AuditEvent event);

  static AuditSink none() {
    return event -> {};
  }

  /** A listener: just the events of one type. */
  static <E extends AuditEvent> AuditSink on(Class<E> type, Consumer<? super E> listener) {
    return event -> {
      if (type.isInstance(event)) {
        listener.accept(type.cast(event));
      }
    };
  }
}
