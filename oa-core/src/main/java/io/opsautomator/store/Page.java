package io.opsautomator.store;

import io.opsautomator.resource.Scope;
import java.util.List;
import java.util.Optional;

/**
 * One page of the listing of one slice. Immutable, and never changed once stored.
 *
 * @param items what was selected of it, in the order listed
 * @param leftOut how many resources the filters left out
 * @param nextToken where the listing goes on; empty on the last page
 * @param omitted why they were left out, as far as that is known; a few reasons
 * @param anew whether the listing had to begin again with this page, since the service had
 *     forgotten where it was; what was left out before is then listed, and counted, once more
 */
public record Page(
    Scope slice,
    int number,
    List<Item> items,
    int leftOut,
    Optional<String> nextToken,
    List<Omission> omitted,
    boolean anew) {
  public Page {
    items = List.copyOf(items);
    omitted = List.copyOf(omitted);
  }

  /** One that does not say why. */
  public Page(Scope slice, int number, List<Item> items, int leftOut, Optional<String> nextToken) {
    this(slice, number, items, leftOut, nextToken, List.of(), false);
  }

  /** {@code key} is unique in the run; {@code payload} is the resource as JSON. */
  public record Item(String key, String payload) {}
}
