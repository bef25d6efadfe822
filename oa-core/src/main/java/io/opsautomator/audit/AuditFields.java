package io.opsautomator.audit;

import io.opsautomator.store.Omission;
import io.opsautomator.store.Run;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Trigger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An event as named values, in the order in which people want to read them; the names are part of
 * what is kept, and never change.
 */
final class AuditFields {
  private final Map<String, Object> fields = new LinkedHashMap<>();

  private AuditFields() {}

  static Map<String, Object> of(AuditEvent event) {
    AuditFields it = new AuditFields();
    it.put("at", event.at().toString());
    it.put("event", name(event));
    it.put("task", event.of().task().value());
    it.put("run", event.of().run().map(RunId::value).orElse(""));
    it.put("execution", event.of().execution().map(ExecutionId::value).orElse(""));
    it.about(event);
    return it.fields;
  }

  /** {@code RunEnded} as {@code run-ended}. */
  static String name(AuditEvent event) {
    String type = event.getClass().getSimpleName();
    return type.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(java.util.Locale.ROOT);
  }

  private void about(AuditEvent event) {
    if (event instanceof AuditEvent.TaskChanged e) {
      put("revision", e.revision()).put("change", e.change());
    } else if (event instanceof AuditEvent.Triggered e) {
      put("trigger", e.trigger().key()).put("missed", e.missed());
      put("changes", e.trigger().changed().map(Trigger.Changes::words).orElse(""));
    } else if (event instanceof AuditEvent.HeldBack e) {
      put("trigger", e.trigger().key()).put("why", e.why());
    } else if (event instanceof AuditEvent.Selected e) {
      put("scope", e.scope().key()).put("kept", e.kept()).put("leftOut", e.leftOut());
      put("why", Omission.inWords(e.why()));
    } else if (event instanceof AuditEvent.Unreadable e) {
      put("scope", e.scope().key()).put("why", e.why());
    } else if (event instanceof AuditEvent.Moved e) {
      put("from", e.from().name()).put("to", e.to().name()).put("reason", e.reason());
    } else if (event instanceof AuditEvent.Stepped e) {
      put("step", e.step()).put("stage", e.stage().name()).put("detail", e.detail());
    } else if (event instanceof AuditEvent.Warned e) {
      put("code", e.code()).put("message", e.message());
    } else if (event instanceof AuditEvent.Called e) {
      put("calls", e.calls()).put("mutating", e.mutating()).put("throttled", e.throttled());
    } else if (event instanceof AuditEvent.Steered e) {
      put("turn", e.turn().name()).put("detail", e.detail());
    } else if (event instanceof AuditEvent.RunEnded e) {
      ended(e.state(), e.summary());
    }
  }

  private void ended(Run.State state, Run.Summary summary) {
    put("state", state.name());
    put("succeeded", summary.succeeded());
    put("failed", summary.failed());
    put("notStarted", summary.notStarted());
    put("reason", summary.reason());
    put("ended", summary.ended().map(Instant::toString).orElse(""));
  }

  /** An empty text is left out. */
  private AuditFields put(String name, Object value) {
    if (!"".equals(value)) {
      fields.put(name, value);
    }
    return this;
  }
}
