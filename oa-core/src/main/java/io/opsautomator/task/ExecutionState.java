package io.opsautomator.task;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * The life of an execution: immutable values whose legal moves are data, checked here and by every
 * store's contract test.
 */
public sealed interface ExecutionState {
  Kind kind();

  Instant since();

  default boolean canBecome(ExecutionState next) {
    return kind().successors().contains(next.kind());
  }

  record Ready(Instant since) implements ExecutionState {
    @Override
    public Kind kind() {
      return Kind.READY;
    }
  }

  record Throttled(Instant since, String concurrencyKey) implements ExecutionState {
    @Override
    public Kind kind() {
      return Kind.THROTTLED;
    }
  }

  record Running(Instant since, int attempt, String worker) implements ExecutionState {
    @Override
    public Kind kind() {
      return Kind.RUNNING;
    }
  }

  /** Left at an {@code await}; woken by {@code nextPoll} or by one of the event keys. */
  record Polling(Instant since, String waitingFor, Set<String> eventKeys, Instant nextPoll)
      implements ExecutionState {
    @Override
    public Kind kind() {
      return Kind.POLLING;
    }
  }

  /** {@code outcome} is the action's, as JSON; partial success lives in its evidence. */
  record Succeeded(Instant since, String outcome) implements ExecutionState {
    @Override
    public Kind kind() {
      return Kind.SUCCEEDED;
    }
  }

  record Failed(Instant since, String code, String reason) implements ExecutionState {
    @Override
    public Kind kind() {
      return Kind.FAILED;
    }
  }

  record TimedOut(Instant since, String waitingFor) implements ExecutionState {
    @Override
    public Kind kind() {
      return Kind.TIMED_OUT;
    }
  }

  record Cancelled(Instant since, String by) implements ExecutionState {
    @Override
    public Kind kind() {
      return Kind.CANCELLED;
    }
  }

  /**
   * For exhaustive {@code switch} expressions: Java 17 has sealed types but not yet pattern
   * switches over them.
   */
  enum Kind {
    READY,
    THROTTLED,
    RUNNING,
    POLLING,
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    CANCELLED;

    public boolean terminal() {
      return successors().isEmpty();
    }

    Set<Kind> successors() {
      return switch (this) {
        case READY -> EnumSet.of(THROTTLED, RUNNING, FAILED, CANCELLED);
        case THROTTLED -> EnumSet.of(RUNNING, TIMED_OUT, CANCELLED);
        case RUNNING -> EnumSet.of(POLLING, SUCCEEDED, FAILED, TIMED_OUT, READY, CANCELLED);
        case POLLING -> EnumSet.of(RUNNING, POLLING, SUCCEEDED, FAILED, TIMED_OUT, CANCELLED);
        case SUCCEEDED, FAILED, TIMED_OUT, CANCELLED -> EnumSet.noneOf(Kind.class);
      };
    }
  }
}
