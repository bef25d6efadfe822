package io.opsautomator.audit;

import java.util.function.Consumer;

/** Passes on the events of one type. */
record Listener<E extends AuditEvent>(Class<E> type, Consumer<? super E> to) implements AuditSink {
  @Override
  public void accept(AuditEvent event) {
    if (type.isInstance(event)) {
      to.accept(type.cast(event));
    }
  }

  @Override
  public boolean wants(Class<? extends AuditEvent> asked) {
    return type.isAssignableFrom(asked);
  }
}
