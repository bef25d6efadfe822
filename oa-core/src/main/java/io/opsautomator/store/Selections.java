package io.opsautomator.store;

import io.opsautomator.resource.Scope;
import io.opsautomator.task.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a run has listed: slices, and in each a log of pages that only grows. A slice is sealed by a
 * listing that reached its end.
 */
public interface Selections {

  /** Stores the slices that are not there yet. */
  void fanOut(RunId run, Set<Scope> slices);

  Write<Slice> claim(RunId run, Scope slice, String worker, Instant now, Duration lease);

  /** Refused when this page is stored already: go on from the one returned, whoever wrote it. */
  Write<Page> append(RunId run, Page page);

  Write<Slice> seal(RunId run, Scope slice, long epoch, int pages);

  Write<Slice> giveUp(RunId run, Scope slice, long epoch, String reason);

  /**
   * Adds to what is known to have ended; adding twice is adding once. A hint: the executions are
   * the truth.
   */
  Ended ended(RunId run, PageId page, int drive, Set<Integer> succeeded, Set<Integer> failed);

  List<Slice> slices(RunId run);

  List<Page> pages(RunId run, Scope slice, int from, int limit);

  record Slice(
      Scope scope, State state, Optional<Lease> lease, int pages, Optional<String> reason) {
    public enum State {
      LISTING,
      SEALED,
      FAILED
    }
  }

  /** Never changes once stored. {@code nextToken} is empty on the last page. */
  record Page(
      PageId id, List<String> units, Optional<String> nextToken, Optional<String> payloads) {
    public Page {
      units = List.copyOf(units);
    }
  }

  record Ended(int ofPage, boolean pageFull, boolean sliceFull, boolean runFull) {}
}
