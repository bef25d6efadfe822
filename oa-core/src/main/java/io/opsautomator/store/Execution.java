package io.opsautomator.store;

import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An execution as stored. Immutable. Its status is what the engine knows of it; what the action
 * said is data in {@code outcome} and in the journal.
 *
 * @param lease empty unless RUNNING
 * @param grant the slot it runs in, kept after the end so that anybody can hand it on
 * @param journal what the action has learnt and done, in order
 */
public record Execution(
    ExecutionId id,
    Origin origin,
    Status status,
    Progress progress,
    Optional<Lease> lease,
    Optional<Grant> grant,
    List<JournalEntry> journal) {

  public Execution {
    journal = List.copyOf(journal);
  }

  public enum Status {
    /** Free to start. */
    READY,
    /** Free to start once its gate has granted it a slot. */
    WAITING,
    RUNNING,
    /** Waits, without a worker, for something it has started. */
    COMPLETING,
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    CANCELLED,
    /**
     * A step that may be done at most once was begun, and nobody knows how it ended. A person must
     * look.
     */
    UNCERTAIN,
    /** Its run was stopped before it began. */
    NOT_STARTED;

    public boolean ended() {
      return compareTo(COMPLETING) > 0;
    }
  }

  /**
   * Where it comes from; never changes.
   *
   * @param ordinal its place in the batch
   * @param gate whose slot it needs; empty without a limit
   * @param payload the unit as JSON
   */
  public record Origin(
      RunId run, BatchId batch, int ordinal, Optional<GateKey> gate, String payload) {}

  /**
   * @param epoch rises with every claim; writes under an older one are refused
   * @param ticket the number of its place in the queue; rises when it is queued again
   * @param attempts claims since it last let go in good order; above 1 the worker before may have
   *     died in the middle of a call
   * @param startedAt when it first began
   * @param waiting what it waits for, while COMPLETING
   * @param outcome what came of it, as JSON, once ended
   * @param cancel that it has been asked to stop
   */
  public record Progress(
      long epoch,
      int ticket,
      int attempts,
      Optional<Instant> startedAt,
      Optional<Wait> waiting,
      Optional<String> outcome,
      Optional<Cancel> cancel) {
    public static final Progress FRESH =
        new Progress(
            0, 0, 0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * @param name of the awaited completion
   * @param since when the wait began
   * @param until when patience ends
   * @param checkBy when a check is overdue, so that somebody should ask for one
   */
  public record Wait(String name, Instant since, Instant until, Instant checkBy) {}

  /** A request to stop; with {@code undo}, what was done is to be taken back. */
  public record Cancel(String why, boolean undo) {}

  /** A new one: WAITING when it needs a slot, else READY. */
  public static Execution fresh(ExecutionId id, Origin origin) {
    Status status = origin.gate().isPresent() ? Status.WAITING : Status.READY;
    return new Execution(
        id, origin, status, Progress.FRESH, Optional.empty(), Optional.empty(), List.of());
  }

  /** Its current place in the queue. */
  public Ticket ticket() {
    return new Ticket(id, progress.ticket());
  }
}
