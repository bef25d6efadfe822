package io.opsautomator.store;

import io.opsautomator.store.Selections.Claimant;
import io.opsautomator.store.Selections.Ends;
import io.opsautomator.store.Slice.End;
import io.opsautomator.task.RunId;
import java.util.Optional;
import java.util.Set;

/** What each write of a run's selection demands and does: pure functions of what is stored. */
public final class SelectionRules {
  private SelectionRules() {}

  public static Write<Slice> claim(Slice stored, Claimant by) {
    boolean free =
        stored.lease().filter(lease -> !lease.until().isBefore(by.staleBefore())).isEmpty();
    if (stored.end().isPresent() || !free) {
      return new Write.Refused<>(stored);
    }
    long epoch = stored.epoch() + 1;
    Lease lease = new Lease(by.worker(), epoch, by.until());
    return new Write.Applied<>(
        new Slice(stored.scope(), epoch, Optional.of(lease), Optional.empty()));
  }

  public static Write<Slice> end(Slice stored, long epoch, End end) {
    if (stored.epoch() != epoch) {
      return new Write.Fenced<>(stored);
    }
    return stored.end().isPresent()
        ? new Write.Refused<>(stored)
        : new Write.Applied<>(new Slice(stored.scope(), epoch, Optional.empty(), Optional.of(end)));
  }

  /**
   * Adds ends that were seen in the batch's drive. The worst report of an ordinal stays: failed,
   * then not started, then succeeded. What an older drive reports is history; what a newer one does
   * comes too early, for a batch of an older drive is one whose executions may not all have been
   * driven again.
   */
  public static Batch ended(Batch stored, int drive, Ends ends) {
    if (drive != stored.drive()) {
      return stored;
    }
    Set<Integer> bad = Ordinals.union(stored.failed(), ends.failed());
    Set<Integer> none =
        Ordinals.without(Ordinals.union(stored.notStarted(), ends.notStarted()), bad);
    Set<Integer> all = Ordinals.union(stored.succeeded(), ends.succeeded());
    Set<Integer> good = Ordinals.without(Ordinals.without(all, bad), none);
    return new Batch(
        stored.id(), stored.executions(), stored.last(), stored.drive(), good, bad, none);
  }

  /** The batch in a later drive: what succeeded stays, all else may end anew. */
  public static Batch reopened(Batch stored, int drive) {
    return drive <= stored.drive()
        ? stored
        : new Batch(
            stored.id(),
            stored.executions(),
            stored.last(),
            drive,
            stored.succeeded(),
            Set.of(),
            Set.of());
  }

  /** What a store says to whoever reopens a batch that was never made. */
  public static IllegalArgumentException noBatch(RunId run, BatchId batch) {
    return new IllegalArgumentException(
        "run %s has no batch %d of '%s'".formatted(run.value(), batch.number(), batch.group()));
  }
}
