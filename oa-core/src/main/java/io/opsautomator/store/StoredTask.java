package io.opsautomator.store;

import io.opsautomator.task.Cycles;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskCodec;
import io.opsautomator.task.TaskName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A task as stored. Immutable.
 *
 * @param revision rises by one with every change of the definition or the state; never with a
 *     firing
 * @param incarnation tells it apart from an earlier task of the same name
 * @param definition the task as text, see {@code TaskCodec}
 */
public record StoredTask(
    TaskName name, long revision, String incarnation, State state, String definition, Clock clock) {

  /** Is in the text of every definition that follows any. */
  private static final String FOLLOWS = "\"after\":[";

  public enum State {
    ENABLED,
    /** Its definition says so. */
    DISABLED,
    /** Somebody holds it, whatever its definition says; an edit leaves it so. */
    PAUSED,
    /** A tombstone, so that a frozen scheduler cannot fire what is gone. */
    DELETED
  }

  /**
   * What firing moves on.
   *
   * @param next the instant it is due next; empty when it has no schedule, or will never fire again
   * @param lastDue the latest instant that has been accounted for
   * @param open the run that skip and queue policies look at
   * @param queued runs that wait for it to end, in order
   */
  public record Clock(
      Optional<Instant> next, Optional<Instant> lastDue, Optional<RunId> open, List<RunId> queued) {
    public static final Clock STOPPED =
        new Clock(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    public Clock {
      queued = List.copyOf(queued);
    }

    public Clock withNext(Optional<Instant> next) {
      return new Clock(next, lastDue, open, queued);
    }
  }

  /** The tasks that its definition says it follows; none if that cannot be read. */
  public Set<TaskName> follows() {
    if (!definition.contains(FOLLOWS)) {
      return Set.of();
    }
    try {
      return Set.copyOf(Cycles.followed(TaskCodec.read(definition)));
    } catch (IllegalArgumentException unreadable) {
      return Set.of();
    }
  }

  /** Without the definition, which holds secret parameters. */
  @Override
  public String toString() {
    return "StoredTask[" + name.value() + ", revision=" + revision + ", state=" + state + "]";
  }

  public StoredTask withDefinition(String definition) {
    return new StoredTask(name, revision, incarnation, state, definition, clock);
  }

  public StoredTask withClock(Clock clock) {
    return new StoredTask(name, revision, incarnation, state, definition, clock);
  }

  /** Whether its next firing is due at {@code now}. */
  public boolean due(Instant now) {
    return state == State.ENABLED && clock.next().filter(next -> !next.isAfter(now)).isPresent();
  }
}
