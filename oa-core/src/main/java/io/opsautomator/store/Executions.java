package io.opsautomator.store;

import io.opsautomator.task.ExecutionId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Executions. Each method is one conditional write per execution and returns what is then stored,
 * so that nobody reads before writing. A claimed execution changes under its epoch only.
 */
public interface Executions {

  /** Stores those whose id is not taken; answers one by one, in order. */
  List<Write<Execution>> create(List<Execution> fresh);

  /**
   * Starts or takes over, raising the epoch. Refused while another lease is good, and after the
   * end.
   */
  Write<Execution> claim(Claim claim);

  /** Moves a claimed execution on, appending to its journal. */
  Write<Execution> advance(ExecutionId id, long epoch, Move move);

  /** Before the start: ended. Later: asked to end; {@code force} ends it and fences its worker. */
  Write<Execution> cancel(ExecutionId id, Execution.Cancel cancel, boolean force);

  /**
   * For repair and display, never on the way of an execution. Unknown ids are left out; the order
   * is that of {@code ids}.
   */
  List<Execution> find(Collection<ExecutionId> ids);

  /**
   * @param ticket the number of the place in the queue that the message at hand speaks of
   * @param by READY needs no grant
   * @param now when it starts, if it never has
   */
  record Claim(
      ExecutionId id, int ticket, Optional<Grant> by, Instant now, Selections.Claimant claimant) {}

  /** One step of a claimed execution. {@code journal} is appended to what is stored. */
  sealed interface Move {
    List<JournalEntry> journal();

    /** What has been learnt is kept; the lease is prolonged when {@code until} is given. */
    record Checkpoint(Optional<Instant> until, List<JournalEntry> journal) implements Move {}

    /** Into COMPLETING, or from one wait into the next; the lease ends, the slot is kept. */
    record Await(Execution.Wait waiting, List<JournalEntry> journal) implements Move {}

    /** Back from COMPLETING into RUNNING, under the next epoch. */
    record Resume(String worker, Instant until, List<JournalEntry> journal) implements Move {}

    /** Back to the start of the queue, in good order, under the next ticket. */
    record Requeue(List<JournalEntry> journal) implements Move {}

    /** {@code status} is an ended one. */
    record End(Execution.Status status, String outcome, List<JournalEntry> journal)
        implements Move {}
  }
}
