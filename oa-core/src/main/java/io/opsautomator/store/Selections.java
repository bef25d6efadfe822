package io.opsautomator.store;

import io.opsautomator.resource.Scope;
import io.opsautomator.task.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a run has listed and what was made of it: slices, in each a log of pages that only grows,
 * and the batches of executions cut from them. A slice is sealed only by a listing that reached its
 * end.
 */
public interface Selections {

  /** Stores the slices that are not there yet; returns all. */
  List<Slice> fanOut(RunId run, List<Scope> scopes);

  /** Refused while another worker's lease is good, and after the slice has ended. */
  Write<Slice> claim(RunId run, Scope scope, Claimant by);

  /**
   * Refused when a page of this number is stored already: go on from the one returned, whoever
   * wrote it.
   */
  Write<Page> append(RunId run, Page page);

  /** Seals or fails a slice, under the epoch of its claim. */
  Write<Slice> end(RunId run, Scope scope, long epoch, Slice.End end);

  /** Records a batch whose executions are all stored; refused when it is there already. */
  Write<Batch> dispatched(RunId run, Batch batch);

  /**
   * Adds to what is known to have ended; adding twice is adding once. A hint: the executions are
   * the truth.
   *
   * @param drive in which they ended. Reports of another drive than the batch's change nothing:
   *     those of an older one are history, those of a newer one are made again once the batch has
   *     been reopened
   */
  Tally ended(RunId run, BatchId batch, int drive, Ends ends);

  /**
   * Counts the ends of a later drive from here on: what succeeded stays, all else may end anew.
   * Changes nothing when the batch is in that drive or a later one; returns what is stored.
   *
   * @throws IllegalArgumentException if the run has no such batch
   */
  Batch reopen(RunId run, BatchId batch, int drive);

  List<Slice> slices(RunId run);

  /** In order. */
  List<Page> pages(RunId run, Scope scope, int from, int limit);

  /** By group, then number. */
  List<Batch> batches(RunId run);

  /** Whether everything of the batch, and of its whole group as far as dispatched, has ended. */
  record Tally(boolean batchFull, boolean groupFull) {}

  /** How executions of one batch have ended, by their ordinals. Immutable. */
  record Ends(Set<Integer> succeeded, Set<Integer> failed, Set<Integer> notStarted) {
    public static final Ends NONE = new Ends(Set.of(), Set.of(), Set.of());

    public Ends {
      succeeded = Set.copyOf(succeeded);
      failed = Set.copyOf(failed);
      notStarted = Set.copyOf(notStarted);
    }

    /** Of one execution; {@link #NONE} until it has ended. */
    public static Ends of(Execution execution) {
      Set<Integer> ordinal = Set.of(execution.origin().ordinal());
      return switch (execution.status()) {
        case READY, WAITING, RUNNING, COMPLETING -> NONE;
        case SUCCEEDED -> new Ends(ordinal, Set.of(), Set.of());
        case NOT_STARTED -> new Ends(Set.of(), Set.of(), ordinal);
        case FAILED, TIMED_OUT, CANCELLED, UNCERTAIN -> new Ends(Set.of(), ordinal, Set.of());
      };
    }
  }

  /**
   * Who wants to work on something.
   *
   * @param until the end of the lease asked for
   * @param staleBefore leases of others that ended before this are over: now less the tolerated
   *     difference between clocks
   */
  record Claimant(String worker, Instant until, Instant staleBefore) {}
}
