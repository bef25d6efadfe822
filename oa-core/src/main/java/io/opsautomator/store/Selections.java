package io.opsautomator.store;

import io.opsautomator.resource.Scope;
import io.opsautomator.task.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
   * wrote it. Absent when the slice has ended: then there is nothing that could be added to.
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

  // -- The same a part at a time, for runs that are larger than memory ----------------------------

  /** One of {@link #slices}. */
  default Optional<Slice> slice(RunId run, Scope scope) {
    return slices(run).stream().filter(slice -> slice.scope().equals(scope)).findFirst();
  }

  /** The next of {@link #batches}: those behind {@code after}, or from the first. */
  default List<Batch> batches(RunId run, Optional<BatchId> after, int limit) {
    return batches(run).stream()
        .filter(batch -> after.filter(id -> BatchId.ORDER.compare(batch.id(), id) <= 0).isEmpty())
        .limit(limit)
        .toList();
  }

  /** Whether any batch is not full. */
  default boolean anyOpen(RunId run) {
    return batches(run).stream().anyMatch(batch -> !batch.full());
  }

  /** Those groups whose last batch is there. */
  default Set<String> wholeGroups(RunId run) {
    return batches(run).stream()
        .filter(Batch::last)
        .map(batch -> batch.id().group())
        .collect(Collectors.toUnmodifiableSet());
  }

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
