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
   *
   * <p>With a grant of a gate that is not its last, it passes that gate: it stays {@code WAITING},
   * under the next ticket and with no lease, to be queued at its {@link Execution#nextGate}.
   * Whoever repeats such a claim is refused and finds the grant among those it has.
   */
  Write<Execution> claim(Claim claim);

  /** Moves a claimed execution on, appending to its journal. */
  Write<Execution> advance(ExecutionId id, long epoch, Move move);

  /**
   * Before the start: ended. Later: asked to end, once; {@code force} ends it and fences its
   * worker. Refused after the end, and when it has been asked already.
   */
  Write<Execution> cancel(ExecutionId id, Execution.Cancel cancel, boolean force);

  /**
   * Ends what has not begun, as {@code NOT_STARTED} and with this outcome; refused once it has, and
   * after the end. Slots that it has got are the caller's to hand on.
   */
  Write<Execution> drop(ExecutionId id, String why);

  /**
   * Makes an execution that failed, timed out or never began ready for another drive of its run; or
   * one that is in doubt, with {@code uncertainToo}. It starts as if new, under the next ticket and
   * without slots, but keeps its epoch and its journal up to the last step that succeeded. The
   * caller queues it.
   *
   * <p>Refused, with what is stored: in any other status, in this drive or a later one already,
   * while what it did was being taken back, and - whatever its status - when a step that may be
   * done at most once was begun and nobody knows how it ended, unless {@code uncertainToo}.
   *
   * @param drive the number of its run's drive, 1 or more
   */
  Write<Execution> redrive(ExecutionId id, int drive, boolean uncertainToo);

  /**
   * For repair and display, never on the way of an execution. Unknown ids are left out; the order
   * is that of {@code ids}.
   */
  List<Execution> find(Collection<ExecutionId> ids);

  /**
   * @param ticket the number of the place in the queue that the message at hand speaks of
   * @param by what its next gate has granted; when taken over, the slot it got last. READY needs
   *     none, and takes none
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

    /**
     * Back to the start of the queue, in good order, under the next ticket. It has no slots then:
     * those that it had are the worker's to hand on.
     */
    record Requeue(List<JournalEntry> journal) implements Move {}

    /**
     * Begins anew behind the last step that succeeded, in the same slot and under the same epoch:
     * what comes after that step in the journal is forgotten, for it is why the action failed. How
     * often that was done at this place is kept as a mark. Refused, for ever, when a step that may
     * be done at most once was begun there and nobody knows how it ended.
     */
    record BeginAgain(List<JournalEntry> journal) implements Move {}

    /** {@code status} is an ended one. */
    record End(Execution.Status status, String outcome, List<JournalEntry> journal)
        implements Move {}
  }
}
