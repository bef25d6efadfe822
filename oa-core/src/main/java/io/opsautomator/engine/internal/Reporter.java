package io.opsautomator.engine.internal;

import io.opsautomator.audit.AuditEvent;
import io.opsautomator.audit.AuditEvent.Subject;
import io.opsautomator.audit.AuditSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Hands audit events to the sinks; what a sink throws is logged and changes nothing. Thread-safe.
 */
final class Reporter {
  private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);
  private final List<AuditSink> sinks;

  Reporter(List<AuditSink> sinks) {
    this.sinks = new CopyOnWriteArrayList<>(sinks);
  }

  void add(AuditSink sink) {
    sinks.add(sink);
  }

  /** Makes the event only if some sink wants it. */
  <E extends AuditEvent> void report(Class<E> type, Supplier<E> event) {
    for (AuditSink sink : sinks) {
      if (sink.wants(type)) {
        report(event.get());
        return;
      }
    }
  }

  void report(AuditEvent event) {
    try (Marked marked = mark(event.of())) {
      sinks.forEach(sink -> hand(sink, event));
    }
  }

  private static void hand(AuditSink sink, AuditEvent event) {
    try {
      sink.accept(event);
    } catch (RuntimeException e) {
      LOG.error("An audit sink failed on {}; the event is lost to it", event, e);
    }
  }

  /**
   * Until closed, what this thread logs carries the ids of task, run and execution; then it carries
   * what it did before, as marks may lie within each other.
   */
  static Marked mark(Subject subject) {
    Marked before = new Marked(MDC.get("task"), MDC.get("run"), MDC.get("execution"));
    MDC.put("task", subject.task().value());
    subject.run().ifPresent(run -> MDC.put("run", run.value()));
    subject.execution().ifPresent(execution -> MDC.put("execution", execution.value()));
    return before;
  }

  record Marked(@Nullable String task, @Nullable String run, @Nullable String execution)
      implements AutoCloseable {
    @Override
    public void close() {
      restore("task", task);
      restore("run", run);
      restore("execution", execution);
    }

    private static void restore(String key, @Nullable String value) {
      if (value == null) {
        MDC.remove(key);
      } else {
        MDC.put(key, value);
      }
    }
  }
}
