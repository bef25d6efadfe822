package io.opsautomator.store;

import io.opsautomator.task.ExecutionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Executions. Each method is one conditional write per execution and returns what is then stored,
 * so that nobody reads before writing. A claimed execution changes under its lease's epoch only.
 */
public interface Executions {

  /** Stores those whose id is not taken; answers one by one, in order. */
  List<Write<Stored>> create(List<Stored> fresh);

  /**
   * Starts or takes over, raising the epoch. Refused while another lease is good, and after the
   * end.
   */
  Write<Stored> claim(Claim claim);

  /**
   * Moves a claimed execution on. The end, a wait, another try and a checkpoint all go this way.
   */
  Write<Stored> advance(ExecutionId id, long epoch, Move move);

  /**
   * Notes an at-most-once effect before its call. Refused if it has been noted before: then do not
   * call.
   */
  Write<Stored> intend(ExecutionId id, long epoch, String effect);

  /** Before the start: ended. Later: asked to end; {@code force} ends it, and fences its worker. */
  Write<Stored> cancel(ExecutionId id, boolean force);

  /** Opens a failed execution again for the given drive, unless that drive has it already. */
  Write<Stored> redrive(ExecutionId id, int drive);

  /** For repair and display, never on the way of an execution. */
  List<Stored> find(Collection<ExecutionId> ids);

  /**
   * @param by READY needs no grant
   * @param margin how long past its end a lease of somebody else is still respected
   */
  record Claim(
      ExecutionId id,
      int ticket,
      Optional<Grant> by,
      String worker,
      Instant now,
      Duration lease,
      Duration margin) {}

  /** {@code results}, effect name to result, ride along with every move. */
  sealed interface Move {
    Map<String, String> results();

    record Renew(Instant until, Map<String, String> results) implements Move {}

    record Await(String waitingFor, Instant deadline, Map<String, String> results)
        implements Move {}

    /** Back from a wait into RUNNING under the next epoch. */
    record Resume(String worker, Instant until, Map<String, String> results) implements Move {}

    record Requeue(int ticket, Map<String, String> results) implements Move {}

    /** {@code status} is an ended one. */
    record End(Stored.Status status, String outcome, Map<String, String> results) implements Move {}
  }
}
