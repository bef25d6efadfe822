package io.opsautomator.audit;

import io.opsautomator.action.Effects;
import io.opsautomator.action.Mode;
import io.opsautomator.resource.Scope;
import io.opsautomator.store.Execution;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.Trigger;
import java.time.Instant;

/**
 * Something that happened and is durable. Immutable; what is secret is masked before an event
 * exists.
 */
public sealed interface AuditEvent {
  Instant at();

  TaskName task();

  record TaskChanged(Instant at, TaskName task, String by, String change) implements AuditEvent {}

  record Triggered(Instant at, TaskName task, RunId run, Trigger trigger, Mode mode)
      implements AuditEvent {}

  /** A firing, event or run that the misfire, overlap or limit rules held back. */
  record HeldBack(Instant at, TaskName task, Trigger trigger, String why) implements AuditEvent {}

  record Selected(Instant at, TaskName task, RunId run, Scope scope, int kept, int leftOut)
      implements AuditEvent {}

  record Unreadable(Instant at, TaskName task, RunId run, Scope scope, String why)
      implements AuditEvent {}

  record Moved(
      Instant at, TaskName task, ExecutionId execution, Execution.Status from, Execution.Status to)
      implements AuditEvent {}

  /** Journalled: INTENDED before the call, then what came of it. */
  record Effect(
      Instant at,
      TaskName task,
      ExecutionId execution,
      String step,
      Effects.Kind kind,
      Stage stage,
      String detail)
      implements AuditEvent {
    public enum Stage {
      INTENDED,
      DONE,
      REFUSED,
      REPEATED,
      FOUND_DONE,
      IN_DOUBT,
      UNDONE
    }
  }

  record Warned(Instant at, TaskName task, ExecutionId execution, String code, String message)
      implements AuditEvent {}

  record RunEnded(Instant at, TaskName task, RunId run, int succeeded, int failed, int undone)
      implements AuditEvent {}
}
