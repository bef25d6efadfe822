package io.opsautomator.store;

import io.opsautomator.store.Execution.Progress;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Executions.Claim;
import io.opsautomator.store.Executions.Move;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What each write of an execution demands and does: pure functions of what is stored.
 *
 * <p>The invariants they keep: a claim succeeds on READY, on WAITING with the grant that names its
 * ticket at the gate it waits for, or on RUNNING in the same slot once the lease is over - so per
 * epoch there is one worker; a claimed execution changes under the current epoch only; an ended
 * status is left by a redrive only, once for each drive; slots move with the execution, so who runs
 * is named by the slot of each of its grants. No clock is read: instants come with the write, and
 * decide nothing but whether a take-over may be tried.
 *
 * <p>An execution with several gates passes each but the last by a claim that leaves it WAITING,
 * under the next ticket and with that grant. The protocol has it claimed and then queued again
 * (X10): two writes and an epoch for the same, since nobody works on it in between.
 */
public final class ExecutionRules {
  private ExecutionRules() {}

  public static Write<Execution> claim(Execution stored, Claim claim) {
    return switch (stored.status()) {
      case READY ->
          claim.ticket() == stored.progress().ticket()
              ? started(stored, claim, List.of())
              : refused(stored);
      case WAITING -> granted(stored, claim) ? admitted(stored, claim) : refused(stored);
      case RUNNING ->
          abandoned(stored, claim) ? started(stored, claim, stored.grants()) : refused(stored);
      default -> refused(stored);
    };
  }

  /** A grant that it has already names an older ticket. */
  private static boolean granted(Execution stored, Claim claim) {
    return claim.by().filter(grant -> grant.holder().equals(stored.ticket())).isPresent()
        && claim.by().map(Grant::gate).equals(stored.nextGate());
  }

  private static boolean abandoned(Execution stored, Claim claim) {
    boolean over =
        stored.lease().filter(l -> !l.until().isBefore(claim.claimant().staleBefore())).isEmpty();
    return over
        && claim.by().equals(stored.latestGrant())
        && claim.ticket() == stored.progress().ticket();
  }

  private static Write<Execution> admitted(Execution stored, Claim claim) {
    List<Grant> grants = longer(stored.grants(), claim.by().stream().toList());
    if (grants.size() == stored.gates().size()) {
      return started(stored, claim, grants);
    }
    return applied(
        stored,
        Status.WAITING,
        ProgressRules.passed(stored.progress()),
        Optional.empty(),
        grants,
        stored.journal());
  }

  private static Write<Execution> started(Execution stored, Claim claim, List<Grant> grants) {
    Progress progress = ProgressRules.claimed(stored.progress(), claim.now());
    Lease lease = new Lease(claim.claimant().worker(), progress.epoch(), claim.claimant().until());
    return applied(stored, Status.RUNNING, progress, Optional.of(lease), grants, stored.journal());
  }

  /** Refused as {@link Write.Fenced} when somebody has claimed it since. */
  public static Write<Execution> advance(Execution stored, long epoch, Move move) {
    if (stored.progress().epoch() != epoch) {
      return new Write.Fenced<>(stored);
    }
    boolean running = stored.status() == Status.RUNNING;
    boolean completing = stored.status() == Status.COMPLETING;
    if (move instanceof Move.Checkpoint checkpoint && running) {
      return checkpoint(stored, checkpoint);
    }
    if (move instanceof Move.Await await && (running || completing)) {
      return waiting(stored, await);
    }
    if (move instanceof Move.Resume resume && completing) {
      return resumed(stored, resume);
    }
    if (move instanceof Move.Requeue requeue && running) {
      return requeued(stored, requeue);
    }
    if (move instanceof Move.BeginAgain again && running) {
      return begunAgain(stored, again);
    }
    if (move instanceof Move.End end && (running || completing)) {
      return ended(stored, end.status(), end.outcome(), end.journal());
    }
    return refused(stored);
  }

  private static Write<Execution> checkpoint(Execution stored, Move.Checkpoint move) {
    Optional<Lease> lease =
        stored.lease().map(l -> new Lease(l.worker(), l.epoch(), move.until().orElse(l.until())));
    return moved(stored, move, Status.RUNNING, stored.progress(), lease);
  }

  private static Write<Execution> waiting(Execution stored, Move.Await move) {
    Progress progress = ProgressRules.waiting(stored.progress(), move.waiting());
    return moved(stored, move, Status.COMPLETING, progress, Optional.empty());
  }

  private static Write<Execution> resumed(Execution stored, Move.Resume move) {
    Progress progress = ProgressRules.resumed(stored.progress());
    Lease lease = new Lease(move.worker(), progress.epoch(), move.until());
    return moved(stored, move, Status.RUNNING, progress, Optional.of(lease));
  }

  /** Its slots are for the worker to hand on; it starts again from the first gate. */
  private static Write<Execution> requeued(Execution stored, Move.Requeue move) {
    return applied(
        stored,
        start(stored),
        ProgressRules.queuedAgain(stored.progress()),
        Optional.empty(),
        List.of(),
        longer(stored.journal(), move.journal()));
  }

  /**
   * Whether what comes after its last step that succeeded may be forgotten.
   *
   * @param more what is known besides its journal
   */
  public static boolean mayBeginAgain(Execution stored, List<JournalEntry> more) {
    return RedriveRules.mayForget(longer(stored.journal(), more));
  }

  private static Write<Execution> begunAgain(Execution stored, Move.BeginAgain move) {
    List<JournalEntry> journal = longer(stored.journal(), move.journal());
    return mayBeginAgain(stored, move.journal())
        ? applied(
            stored,
            Status.RUNNING,
            stored.progress(),
            stored.lease(),
            stored.grants(),
            RedriveRules.marked(journal))
        : refused(stored);
  }

  /** How often the action has begun anew behind its last step that succeeded. */
  public static int begunAgain(Execution stored) {
    return RedriveRules.begunAgain(stored.journal());
  }

  private static Status start(Execution stored) {
    return stored.gates().isEmpty() ? Status.READY : Status.WAITING;
  }

  private static Write<Execution> ended(
      Execution stored, Status status, String outcome, List<JournalEntry> journal) {
    if (!status.ended()) {
      throw new IllegalArgumentException(status + " does not end an execution");
    }
    return applied(
        stored,
        status,
        ProgressRules.ended(stored.progress(), outcome),
        Optional.empty(),
        stored.grants(),
        longer(stored.journal(), journal));
  }

  /** What has not begun never will; {@code why} becomes the outcome. */
  public static Write<Execution> drop(Execution stored, String why) {
    return stored.status() == Status.READY || stored.status() == Status.WAITING
        ? ended(stored, Status.NOT_STARTED, why, List.of())
        : refused(stored);
  }

  /**
   * Makes what did not succeed ready for another drive: as if new, but for the epoch, the ticket
   * and what it has done.
   */
  public static Write<Execution> redrive(Execution stored, int drive, boolean uncertainToo) {
    return RedriveRules.mayRedrive(stored, drive, uncertainToo)
        ? applied(
            stored,
            start(stored),
            ProgressRules.redriven(stored.progress(), drive),
            Optional.empty(),
            List.of(),
            RedriveRules.kept(stored.journal()))
        : refused(stored);
  }

  /**
   * The reason becomes the outcome when this ends it. A forced end raises the epoch, so that the
   * worker is fenced.
   */
  public static Write<Execution> cancel(Execution stored, Execution.Cancel cancel, boolean force) {
    boolean asked = stored.progress().cancel().isPresent() && !force;
    if (stored.status().ended() || asked) {
      return refused(stored);
    }
    boolean started = stored.status() == Status.RUNNING || stored.status() == Status.COMPLETING;
    Execution told =
        new Execution(
            stored.id(),
            stored.origin(),
            stored.status(),
            ProgressRules.cancelled(stored.progress(), cancel, force),
            stored.lease(),
            stored.grants(),
            stored.journal());
    return started && !force
        ? new Write.Applied<>(told)
        : ended(
            told, inDoubt(stored) ? Status.UNCERTAIN : Status.CANCELLED, cancel.why(), List.of());
  }

  /**
   * An intent at the end of the journal: a step that may be done at most once was begun, and nobody
   * knows more.
   */
  private static boolean inDoubt(Execution stored) {
    List<JournalEntry> journal = stored.journal();
    return !journal.isEmpty()
        && journal.get(journal.size() - 1).stage() == JournalEntry.Stage.INTENT;
  }

  private static <T> List<T> longer(List<T> stored, List<T> more) {
    if (more.isEmpty()) {
      return stored;
    }
    List<T> all = new ArrayList<>(stored);
    all.addAll(more);
    return all;
  }

  private static Write<Execution> refused(Execution stored) {
    return new Write.Refused<>(stored);
  }

  /** In the same slots. */
  private static Write<Execution> moved(
      Execution stored, Move move, Status status, Progress progress, Optional<Lease> lease) {
    return applied(
        stored, status, progress, lease, stored.grants(), longer(stored.journal(), move.journal()));
  }

  private static Write<Execution> applied(
      Execution stored,
      Status status,
      Progress progress,
      Optional<Lease> lease,
      List<Grant> grants,
      List<JournalEntry> journal) {
    return new Write.Applied<>(
        new Execution(stored.id(), stored.origin(), status, progress, lease, grants, journal));
  }
}
