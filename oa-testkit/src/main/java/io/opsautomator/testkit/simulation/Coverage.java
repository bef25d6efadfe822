package io.opsautomator.testkit.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts which transitions of the stored items happen, and which writes are refused. */
final class Coverage implements Watcher {
  private final Map<Transition, long[]> counts = new HashMap<>();

  /** By transition, in words. */
  Map<String, Long> counts() {
    Map<String, Long> sorted = new TreeMap<>();
    counts.forEach((transition, count) -> sorted.put(transition.toString(), count[0]));
    return sorted;
  }

  void add(Coverage other) {
    other.counts.forEach((transition, count) -> count(transition, count[0]));
  }

  private void count(Transition transition, long more) {
    counts.computeIfAbsent(transition, key -> new long[1])[0] += more;
  }

  @Override
  public void written(StoreWrite write) {
    Transition.of(write).forEach(transition -> count(transition, 1));
  }
}
