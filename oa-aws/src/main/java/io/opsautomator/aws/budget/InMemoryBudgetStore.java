package io.opsautomator.aws.budget;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Forgets what was replaced longest ago once there are too many. */
final class InMemoryBudgetStore implements BudgetStore {
  private static final int MOST = 100_000;

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  @Override
  public synchronized Optional<Entry> find(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  @Override
  public synchronized boolean replace(String key, long seen, String text, Instant keepUntil) {
    long stored = find(key).map(Entry::version).orElse(ABSENT);
    if (stored != seen) {
      return false;
    }
    entries.remove(key);
    entries.put(key, new Entry(seen + 1, text));
    Iterator<String> oldest = entries.keySet().iterator();
    if (entries.size() > MOST) {
      oldest.next();
      oldest.remove();
    }
    return true;
  }
}
