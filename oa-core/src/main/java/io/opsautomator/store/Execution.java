package io.opsautomator.store;

import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An execution as stored. Immutable. Its status is what the engine knows of it; what the action
 * said is data in {@code outcome} and in the journal.
 *
 * @param lease empty unless RUNNING
 * @param grants the slots it has got, in the order of {@link #gates}; the last is the one it runs
 *     in. Kept after the end so that anybody can hand them on
 * @param journal what the action has learnt and done, in order
 */
public record Execution(
    ExecutionId id,
    Origin origin,
    Status status,
    Progress progress,
    Optional<Lease> lease,
    List<Grant> grants,
    List<JournalEntry> journal) {

  public Execution {
    grants = List.copyOf(grants);
    journal = List.copyOf(journal);
  }

  public enum Status {
    /** Free to start. */
    READY,
    /** Free to start once each of its gates has granted it a slot, one after the other. */
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
   * @param runGated whether it needs a slot of its run's gate, before any other
   * @param pair the gate of its account and region in this run, whose slot it needs after that;
   *     empty without such a limit
   * @param gate whose slot it needs last; empty without a limit
   * @param payload the unit as JSON
   */
  public record Origin(
      RunId run,
      BatchId batch,
      int ordinal,
      boolean runGated,
      Optional<GateKey> pair,
      Optional<GateKey> gate,
      String payload) {}

  /**
   * @param epoch rises with every claim; writes under an older one are refused
   * @param ticket the number of its place in the queue; rises when it is queued again, and when it
   *     goes on from one gate to the next
   * @param attempts claims since it last let go in good order; above 1 the worker before may have
   *     died in the middle of a call
   * @param drive how often its run had been driven again when it was last made ready, 0 at first;
   *     above 0 steps without a result may have been made by an earlier drive
   * @param startedAt when it first began
   * @param waiting what it waits for, while COMPLETING
   * @param outcome what came of it, as JSON, once ended
   * @param cancel that it has been asked to stop
   */
  public record Progress(
      long epoch,
      int ticket,
      int attempts,
      int drive,
      Optional<Instant> startedAt,
      Optional<Wait> waiting,
      Optional<String> outcome,
      Optional<Cancel> cancel) {
    public static final Progress FRESH =
        new Progress(
            0, 0, 0, 0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
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
    return new Execution(
        id,
        origin,
        free(origin) ? Status.READY : Status.WAITING,
        Progress.FRESH,
        Optional.empty(),
        List.of(),
        List.of());
  }

  private static boolean free(Origin origin) {
    return !origin.runGated() && origin.pair().isEmpty() && origin.gate().isEmpty();
  }

  /** Its current place in the queue. */
  public Ticket ticket() {
    return new Ticket(id, progress.ticket());
  }

  /**
   * The gates it has to pass, in order: its run's, then that of its account and region in the run,
   * then its key's. Never the other way round, so that no two executions can wait for each other.
   */
  public List<GateKey> gates() {
    if (free(origin)) {
      return List.of();
    }
    List<GateKey> gates = new ArrayList<>(3);
    if (origin.runGated()) {
      gates.add(GateKey.ofRun(origin.run(), progress.drive()));
    }
    origin.pair().ifPresent(gates::add);
    origin.gate().ifPresent(gates::add);
    return List.copyOf(gates);
  }

  /** Its status before it begins. */
  public Status initial() {
    return free(origin) ? Status.READY : Status.WAITING;
  }

  /** While WAITING, the gate that it still needs a slot of, and is queued at; else empty. */
  public Optional<GateKey> nextGate() {
    if (status != Status.WAITING) {
      return Optional.empty();
    }
    List<GateKey> gates = gates();
    return grants.size() < gates.size() ? Optional.of(gates.get(grants.size())) : Optional.empty();
  }

  /** The slot it got last; while it runs, the one it runs in. Empty when it has none. */
  public Optional<Grant> latestGrant() {
    return grants.isEmpty() ? Optional.empty() : Optional.of(grants.get(grants.size() - 1));
  }
}
