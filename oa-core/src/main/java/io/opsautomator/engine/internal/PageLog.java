package io.opsautomator.engine.internal;

import io.opsautomator.resource.Scope;
import io.opsautomator.store.Page;
import io.opsautomator.store.Selections;
import io.opsautomator.task.RunId;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The stored pages of one slice, in order. Reads many small ones or few large ones at a time, so
 * that about {@value #ITEMS} resources are in memory. Confined to one thread.
 */
final class PageLog implements Iterator<Page> {
  private static final int ITEMS = 2_000;
  private static final int MOST = 64;

  private final Selections selections;
  private final RunId run;
  private final Scope slice;
  private List<Page> part = List.of();
  private int next;
  private int number;
  private int atATime = 1;
  private boolean last;

  PageLog(Selections selections, RunId run, Scope slice) {
    this.selections = selections;
    this.run = run;
    this.slice = slice;
  }

  @Override
  public boolean hasNext() {
    if (next == part.size() && !last) {
      part = selections.pages(run, slice, number, atATime);
      last = part.size() < atATime;
      next = 0;
      number += part.size();
      int items = part.stream().mapToInt(page -> page.items().size()).sum();
      atATime = Math.max(1, Math.min(2 * atATime, ITEMS * part.size() / Math.max(1, items)));
      atATime = Math.min(MOST, atATime);
    }
    return next < part.size();
  }

  @Override
  public Page next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more pages of " + slice.key());
    }
    return part.get(next++);
  }
}
