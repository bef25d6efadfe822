package io.opsautomator.engine.internal;

import io.opsautomator.store.Omissions;
import io.opsautomator.store.Page;
import io.opsautomator.store.Slice;

/**
 * What the pages of one slice come to, taken in their order. A listing that had to begin anew lists
 * again what it had left out before; so of its passes the one that left out most counts, and not
 * their sum, which would make any percentage of what was listed larger than it is. Not thread-safe.
 */
final class PageCount {
  private int kept;
  private int leftOut;
  private int mostLeftOut;
  private Omissions omitted = new Omissions();
  private Omissions mostOmitted = omitted;

  void add(Page page) {
    if (page.anew()) {
      leftOut = 0;
      omitted = new Omissions();
    }
    kept += page.items().size();
    leftOut += page.leftOut();
    page.omitted().forEach(omitted::add);
    if (leftOut >= mostLeftOut) {
      mostLeftOut = leftOut;
      mostOmitted = omitted;
    }
  }

  Slice.Counted counted() {
    return new Slice.Counted(kept + mostLeftOut, kept, mostOmitted.mostFrequentFirst());
  }
}
