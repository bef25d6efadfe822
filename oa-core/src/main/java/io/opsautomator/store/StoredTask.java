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
   * @param told what people have been told of the task
   */
  public record Clock(
      Optional<Instant> next,
      Optional<Instant> lastDue,
      Optional<RunId> open,
      List<RunId> queued,
      Optional<Told> told) {
    public static final Clock STOPPED =
        new Clock(
            Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty());

    public Clock {
      queued = List.copyOf(queued);
    }

    /** Nobody has been told of anything. */
    public Clock(
        Optional<Instant> next,
        Optional<Instant> lastDue,
        Optional<RunId> open,
        List<RunId> queued) {
      this(next, lastDue, open, queued, Optional.empty());
    }

    public Clock withNext(Optional<Instant> next) {
      return new Clock(next, lastDue, open, queued, told);
    }

    public Clock withTold(Told now) {
      return new Clock(next, lastDue, open, queued, Optional.of(now));
    }
  }

  /**
   * How far people have been told what happened to a task, so that a restart neither forgets nor
   * repeats it.
   *
   * @param upTo of its runs, what happened until then
   * @param due the instant of which they know that it did not fire
   * @param since it has not succeeded, as far as is known
   * @param silence whether they know that it has not for too long
   */
  public record Told(
      Optional<Instant> upTo, Optional<Instant> due, Optional<Instant> since, boolean silence) {
    public static final Told NOTHING =
        new Told(Optional.empty(), Optional.empty(), Optional.empty(), false);

    public Told upTo(Instant instant) {
      return new Told(Optional.of(instant), due, since, silence);
    }

    public Told notFired(Instant instant) {
      return new Told(upTo, Optional.of(instant), since, silence);
    }

    public Told noSuccess(Instant since, boolean told) {
      return new Told(upTo, due, Optional.of(since), told);
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
