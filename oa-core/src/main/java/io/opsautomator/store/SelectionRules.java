package io.opsautomator.store;

import io.opsautomator.store.Selections.Claimant;
import io.opsautomator.store.Slice.End;
import java.util.HashSet;
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

  /** An ordinal that was reported as failed stays failed. */
  public static Batch ended(Batch stored, Set<Integer> succeeded, Set<Integer> failed) {
    Set<Integer> bad = new HashSet<>(stored.failed());
    bad.addAll(failed);
    Set<Integer> good = new HashSet<>(stored.succeeded());
    good.addAll(succeeded);
    good.removeAll(bad);
    return new Batch(stored.id(), stored.executions(), stored.last(), good, bad);
  }
}
