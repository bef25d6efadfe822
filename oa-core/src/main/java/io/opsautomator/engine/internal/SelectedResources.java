package io.opsautomator.engine.internal;

import io.opsautomator.resource.Resource;
import io.opsautomator.store.Page;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** What was kept on the pages of some slices, in order, read as it is asked for. */
final class SelectedResources implements Iterator<Resource<?>> {
  private final Iterator<PageLog> slices;
  private final Units units;
  private Iterator<Page> pages = Collections.emptyIterator();
  private Iterator<Page.Item> items = Collections.emptyIterator();

  SelectedResources(Iterator<PageLog> slices, Units units) {
    this.slices = slices;
    this.units = units;
  }

  @Override
  public boolean hasNext() {
    while (!items.hasNext() && (pages.hasNext() || slices.hasNext())) {
      if (pages.hasNext()) {
        items = pages.next().items().iterator();
      } else {
        pages = slices.next();
      }
    }
    return items.hasNext();
  }

  @Override
  public Resource<?> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more resources");
    }
    return units.resource(items.next().payload());
  }
}
