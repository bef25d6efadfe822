package io.opsautomator.audit;

import io.opsautomator.internal.OneLine;
import io.opsautomator.store.Execution.Status;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes events to the log, under the name {@code io.opsautomator.audit}: what an operator should
 * see as warnings, steps and counts of calls at level debug, the rest at level info. The diagnostic
 * context carries task, run and execution, as with all that the engine logs. Thread-safe.
 */
public final class AuditLog implements AuditSink {
  private static final Logger LOG = LoggerFactory.getLogger("io.opsautomator.audit");

  private static final Set<Class<?>> TROUBLE =
      Set.of(AuditEvent.Warned.class, AuditEvent.Unreadable.class);
  private static final Set<Class<?>> OFTEN =
      Set.of(AuditEvent.Stepped.class, AuditEvent.Called.class);
  private static final Set<Status> BAD_ENDS =
      Set.of(Status.FAILED, Status.TIMED_OUT, Status.UNCERTAIN);

  @Override
  public void accept(AuditEvent event) {
    Level level = level(event);
    if (LOG.isEnabledForLevel(level)) {
      LOG.atLevel(level).log(() -> line(event));
    }
  }

  /** Steps are many, and most often nobody looks at them; nor at counts. */
  @Override
  public boolean wants(Class<? extends AuditEvent> type) {
    return !OFTEN.contains(type) || LOG.isDebugEnabled();
  }

  private static Level level(AuditEvent event) {
    if (TROUBLE.contains(event.getClass()) || failed(event)) {
      return Level.WARN;
    }
    return OFTEN.contains(event.getClass()) ? Level.DEBUG : Level.INFO;
  }

  private static boolean failed(AuditEvent event) {
    return event instanceof AuditEvent.Moved moved && BAD_ENDS.contains(moved.to());
  }

  /** Such as {@code run-ended task=nightly run=… state=COMPLETE succeeded=3}. */
  static String line(AuditEvent event) {
    StringBuilder line = new StringBuilder(AuditFields.name(event));
    for (Map.Entry<String, Object> field : AuditFields.of(event).entrySet()) {
      if (!field.getKey().equals("at") && !field.getKey().equals("event")) {
        line.append(' ').append(field.getKey()).append('=').append(quoted(field.getValue()));
      }
    }
    return line.toString();
  }

  private static String quoted(Object value) {
    String text = OneLine.of(value.toString());
    return text.matches("[^\\s\"=\\\\]*")
        ? text
        : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
