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
 */
public record Page(
    Scope slice, int number, List<Item> items, int leftOut, Optional<String> nextToken) {
  public Page {
    items = List.copyOf(items);
  }

  /** {@code key} is unique in the run; {@code payload} is the resource as JSON. */
  public record Item(String key, String payload) {}
}
