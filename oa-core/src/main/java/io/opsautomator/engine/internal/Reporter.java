package io.opsautomator.engine.internal;

import io.opsautomator.audit.AuditEvent;
import io.opsautomator.audit.AuditEvent.Subject;
import io.opsautomator.audit.AuditSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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

  /** Until closed, what this thread logs carries the ids of task, run and execution. */
  static Marked mark(Subject subject) {
    MDC.put("task", subject.task().value());
    subject.run().ifPresent(run -> MDC.put("run", run.value()));
    subject.execution().ifPresent(execution -> MDC.put("execution", execution.value()));
    return new Marked();
  }

  static final class Marked implements AutoCloseable {
    @Override
    public void close() {
      MDC.remove("task");
      MDC.remove("run");
      MDC.remove("execution");
    }
  }
}
