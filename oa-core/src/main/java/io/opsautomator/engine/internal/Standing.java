package io.opsautomator.engine.internal;

import io.opsautomator.store.Page;
import java.util.Optional;

/**
 * Where the listing of one slice stands: what its stored pages come to, and where it goes on.
 * Confined to who holds the slice.
 */
final class Standing {
  private final KeySet known = new KeySet();
  private final PageCount count = new PageCount();
  private int next;
  private Optional<String> token = Optional.empty();
  private boolean atEnd;
  private int restarts;

  void take(Page page) {
    count.add(page);
    page.items().forEach(item -> known.add(item.key()));
    next = page.number() + 1;
    token = page.nextToken();
    atEnd = token.isEmpty();
  }

  /** Whether it is on a page already: services repeat themselves, and listings begin anew. */
  boolean knows(String key) {
    return known.contains(key);
  }

  PageCount count() {
    return count;
  }

  /** The number of the next page. */
  int next() {
    return next;
  }

  /** Where the next page is to be had. */
  Optional<String> token() {
    return token;
  }

  boolean atEnd() {
    return atEnd;
  }

  /** How often this worker has begun it anew, this time included. */
  int restarted() {
    return ++restarts;
  }
}
