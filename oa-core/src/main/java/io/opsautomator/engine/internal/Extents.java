package io.opsautomator.engine.internal;

import io.opsautomator.store.Omission;
import io.opsautomator.store.Slice;
import io.opsautomator.store.Slice.Counted;
import java.util.List;
import java.util.Optional;

/** What the slices of a run have come to, in words. */
final class Extents {
  private Extents() {}

  /**
   * Why a run has done nothing. An incomplete listing never claims that nothing was there to be
   * selected.
   */
  static String whyNothing(Job<?> job, Settings settings, List<Slice> slices) {
    long sealed = slices.stream().filter(Slice::sealed).count();
    boolean complete = sealed == slices.size();
    String slicesRead = sealed + " of " + slices.size() + " slices";
    Optional<Counted> counted = Counted.of(slices);
    if (counted.isEmpty() || sealed == 0) {
      return complete ? "nothing was selected" : "listing incomplete: " + slicesRead + " read";
    }
    if (counted.get().selected() > 0) {
      return "nothing was done: of "
          + counted.get().selected()
          + " selected resources the action makes no execution";
    }
    String omitted = Omission.inWords(counted.get().omitted());
    String why = omitted.isEmpty() ? none(job, settings) : omitted;
    String listing = " (" + counted.get().listed() + " listed in " + slicesRead + ")";
    return complete
        ? "nothing was selected: " + why + "; listing complete" + listing
        : "of the rest: " + why + "; listing incomplete" + listing;
  }

  /** A selector may have left out at the source what lacks a tag. */
  private static String none(Job<?> job, Settings settings) {
    String kind = job.metadata().selection().type().key();
    return new Picker(job, settings)
        .query()
        .tagKey()
        .map(tag -> "none of " + kind + " has the tag " + tag)
        .orElse("there are none of " + kind);
  }
}
