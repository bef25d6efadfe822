package io.opsautomator.audit;

import io.opsautomator.resource.Scope;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Omission;
import io.opsautomator.store.Run;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that happened and is durable. Immutable; what is secret is masked before an event
 * exists.
 */
public sealed interface AuditEvent {
  Instant at();

  Subject of();

  /** What an event is about: a task, perhaps one run of it, perhaps one execution of that. */
  record Subject(TaskName task, Optional<RunId> run, Optional<ExecutionId> execution) {
    public static Subject task(TaskName task) {
      return new Subject(task, Optional.empty(), Optional.empty());
    }

    public static Subject run(Run run) {
      return new Subject(run.task(), Optional.of(run.id()), Optional.empty());
    }

    public Subject execution(ExecutionId id) {
      return new Subject(task, run, Optional.of(id));
    }
  }

  /** A definition was stored or removed. */
  record TaskChanged(Instant at, Subject of, long revision, String change) implements AuditEvent {}

  /** A run came into being. {@code missed} instants are accounted for by it. */
  record Triggered(Instant at, Subject of, Trigger trigger, int missed) implements AuditEvent {}

  /** A firing, event or request that the misfire, overlap or limit rules held back. */
  record HeldBack(Instant at, Subject of, Trigger trigger, String why) implements AuditEvent {}

  /** A slice was listed to its end. {@code why} resources were left out is counted by reason. */
  record Selected(Instant at, Subject of, Scope scope, int kept, int leftOut, List<Omission> why)
      implements AuditEvent {
    public Selected {
      why = List.copyOf(why);
    }
  }

  /** A slice could not be listed to its end. */
  record Unreadable(Instant at, Subject of, Scope scope, String why) implements AuditEvent {}

  /** An execution changed its status. {@code reason} is empty when there is nothing to explain. */
  record Moved(Instant at, Subject of, Execution.Status from, Execution.Status to, String reason)
      implements AuditEvent {}

  /** A step of an action. */
  record Stepped(Instant at, Subject of, String step, Stage stage, String detail)
      implements AuditEvent {}

  enum Stage {
    /** A read that decides was made. */
    FACT,
    /** A call was made and answered. */
    DONE,
    /** The service said no. */
    REFUSED,
    /** A probe found that an earlier worker had done it. */
    FOUND_DONE,
    /** No answer that can be relied on; the call will be resolved by its kind. */
    IN_DOUBT,
    /** A wait came to its end. */
    AWAITED,
    /** Taken back. */
    UNDONE
  }

  /** An action told the operator something that does not fail it. */
  record Warned(Instant at, Subject of, String code, String message) implements AuditEvent {}

  /**
   * Calls that were made for a task within the minute that began at {@code at}. Reported when it is
   * over, at most once for a task and minute by each process.
   *
   * @param calls all of them, those that failed too
   * @param mutating those that are not known to be reads
   * @param throttled those that were refused because there were too many
   */
  record Called(Instant at, Subject of, int calls, int mutating, int throttled)
      implements AuditEvent {}

  /** A run as a whole took a turn on its way. */
  record Steered(Instant at, Subject of, Turn turn, String detail) implements AuditEvent {}

  enum Turn {
    /** Somebody asked for it to be stopped. */
    CANCELLING,
    /** Too many executions failed: nothing more is started. */
    HALTED,
    /** A wave is through; the next one waits for its time, or for a person. */
    RESTING,
    /** A person let the next wave go. */
    APPROVED,
    NEXT_WAVE,
    /** What had failed is done again. */
    REDRIVEN
  }

  /** A run ended. */
  record RunEnded(Instant at, Subject of, Run.State state, Run.Summary summary)
      implements AuditEvent {}
}
