package io.opsautomator.aws.budget;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what is asked of the store behind it; fails when it is told to. */
final class CountingBudgetStore implements BudgetStore {
  private final BudgetStore store;
  private final AtomicInteger writes = new AtomicInteger();
  private volatile boolean away;

  CountingBudgetStore(BudgetStore store) {
    this.store = store;
  }

  void away(boolean now) {
    away = now;
  }

  /** Written or refused. */
  int writes() {
    return writes.get();
  }

  void forget() {
    writes.set(0);
  }

  @Override
  public Optional<Entry> find(String key) {
    if (away) {
      throw new IllegalStateException("the store is away");
    }
    return store.find(key);
  }

  @Override
  public boolean replace(String key, long seen, String text, Instant keepUntil) {
    writes.incrementAndGet();
    return store.replace(key, seen, text, keepUntil);
  }
}
