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
 * ticket, or on RUNNING in the same slot once the lease is over - so per epoch there is one worker;
 * a claimed execution changes under the current epoch only; an ended status is never left; a slot
 * moves with the execution, so who runs is named by the slot of its grant. No clock is read:
 * instants come with the write, and decide nothing but whether a take-over may be tried.
 */
public final class ExecutionRules {
  private ExecutionRules() {}

  public static Write<Execution> claim(Execution stored, Claim claim) {
    return switch (stored.status()) {
      case READY ->
          claim.ticket() == stored.progress().ticket() ? started(stored, claim) : refused(stored);
      case WAITING -> granted(stored, claim) ? started(stored, claim) : refused(stored);
      case RUNNING -> abandoned(stored, claim) ? started(stored, claim) : refused(stored);
      default -> refused(stored);
    };
  }

  private static boolean granted(Execution stored, Claim claim) {
    return claim.by().filter(grant -> grant.holder().equals(stored.ticket())).isPresent();
  }

  private static boolean abandoned(Execution stored, Claim claim) {
    boolean over =
        stored.lease().filter(l -> !l.until().isBefore(claim.claimant().staleBefore())).isEmpty();
    return over
        && claim.by().equals(stored.grant())
        && claim.ticket() == stored.progress().ticket();
  }

  private static Write<Execution> started(Execution stored, Claim claim) {
    Progress was = stored.progress();
    Progress progress =
        new Progress(
            was.epoch() + 1,
            was.ticket(),
            was.attempts() + 1,
            was.startedAt().or(() -> Optional.of(claim.now())),
            Optional.empty(),
            was.outcome(),
            was.cancel());
    Lease lease = new Lease(claim.claimant().worker(), progress.epoch(), claim.claimant().until());
    return applied(
        stored, Status.RUNNING, progress, Optional.of(lease), claim.by(), stored.journal());
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
    if (move instanceof Move.End end && (running || completing)) {
      return ended(stored, end.status(), end.outcome(), end.journal());
    }
    return refused(stored);
  }

  private static Write<Execution> checkpoint(Execution stored, Move.Checkpoint move) {
    Optional<Lease> lease =
        stored.lease().map(l -> new Lease(l.worker(), l.epoch(), move.until().orElse(l.until())));
    return applied(
        stored,
        Status.RUNNING,
        stored.progress(),
        lease,
        stored.grant(),
        longer(stored, move.journal()));
  }

  private static Write<Execution> waiting(Execution stored, Move.Await move) {
    Progress was = stored.progress();
    Progress progress =
        new Progress(
            was.epoch(),
            was.ticket(),
            0,
            was.startedAt(),
            Optional.of(move.waiting()),
            was.outcome(),
            was.cancel());
    return applied(
        stored,
        Status.COMPLETING,
        progress,
        Optional.empty(),
        stored.grant(),
        longer(stored, move.journal()));
  }

  private static Write<Execution> resumed(Execution stored, Move.Resume move) {
    Progress was = stored.progress();
    Progress progress =
        new Progress(
            was.epoch() + 1,
            was.ticket(),
            1,
            was.startedAt(),
            Optional.empty(),
            was.outcome(),
            was.cancel());
    Lease lease = new Lease(move.worker(), progress.epoch(), move.until());
    return applied(
        stored,
        Status.RUNNING,
        progress,
        Optional.of(lease),
        stored.grant(),
        longer(stored, move.journal()));
  }

  private static Write<Execution> requeued(Execution stored, Move.Requeue move) {
    Progress was = stored.progress();
    Progress progress =
        new Progress(
            was.epoch(),
            was.ticket() + 1,
            0,
            was.startedAt(),
            Optional.empty(),
            was.outcome(),
            was.cancel());
    Status status = stored.origin().gate().isPresent() ? Status.WAITING : Status.READY;
    return applied(
        stored, status, progress, Optional.empty(), stored.grant(), longer(stored, move.journal()));
  }

  private static Write<Execution> ended(
      Execution stored, Status status, String outcome, List<JournalEntry> journal) {
    if (!status.ended()) {
      throw new IllegalArgumentException(status + " does not end an execution");
    }
    Progress was = stored.progress();
    Progress progress =
        new Progress(
            was.epoch(),
            was.ticket(),
            was.attempts(),
            was.startedAt(),
            Optional.empty(),
            Optional.of(outcome),
            was.cancel());
    return applied(
        stored, status, progress, Optional.empty(), stored.grant(), longer(stored, journal));
  }

  /**
   * The reason becomes the outcome when this ends it. A forced end raises the epoch, so that the
   * worker is fenced.
   */
  public static Write<Execution> cancel(Execution stored, Execution.Cancel cancel, boolean force) {
    if (stored.status().ended()) {
      return refused(stored);
    }
    Progress was = stored.progress();
    boolean started = stored.status() == Status.RUNNING || stored.status() == Status.COMPLETING;
    Progress asked =
        new Progress(
            was.epoch() + (force ? 1 : 0),
            was.ticket(),
            was.attempts(),
            was.startedAt(),
            was.waiting(),
            was.outcome(),
            was.cancel().or(() -> Optional.of(cancel)));
    if (started && !force) {
      return applied(
          stored, stored.status(), asked, stored.lease(), stored.grant(), stored.journal());
    }
    Execution fenced =
        new Execution(
            stored.id(),
            stored.origin(),
            stored.status(),
            asked,
            stored.lease(),
            stored.grant(),
            stored.journal());
    return ended(
        fenced, inDoubt(stored) ? Status.UNCERTAIN : Status.CANCELLED, cancel.why(), List.of());
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

  private static List<JournalEntry> longer(Execution stored, List<JournalEntry> more) {
    if (more.isEmpty()) {
      return stored.journal();
    }
    List<JournalEntry> all = new ArrayList<>(stored.journal());
    all.addAll(more);
    return all;
  }

  private static Write<Execution> refused(Execution stored) {
    return new Write.Refused<>(stored);
  }

  private static Write<Execution> applied(
      Execution stored,
      Status status,
      Progress progress,
      Optional<Lease> lease,
      Optional<Grant> grant,
      List<JournalEntry> journal) {
    return new Write.Applied<>(
        new Execution(stored.id(), stored.origin(), status, progress, lease, grant, journal));
  }
}
