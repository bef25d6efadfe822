package io.opsautomator.store;

import io.opsautomator.resource.Exclusion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts what was left out by reason. Keeps apart so many reasons as people read; beyond that, for
 * an action may have other words for each resource, they are counted by kind. Not thread-safe.
 */
public final class Omissions {
  private static final int REASONS = 20;

  private record Reason(Exclusion.Kind kind, String words) {}

  private final Map<Reason, Integer> counts = new LinkedHashMap<>();

  public void add(Exclusion why) {
    add(why.kind(), why.words(), 1);
  }

  public void add(Omission some) {
    add(some.kind(), some.words(), some.count());
  }

  private void add(Exclusion.Kind kind, String words, int count) {
    Reason reason = new Reason(kind, words);
    boolean apart = counts.size() < REASONS || counts.containsKey(reason);
    counts.merge(apart ? reason : new Reason(kind, ""), count, Integer::sum);
  }

  /** Reasons that are as frequent stand in the order of their kinds. */
  public List<Omission> mostFrequentFirst() {
    List<Omission> all = new ArrayList<>();
    counts.forEach((why, count) -> all.add(new Omission(why.kind(), why.words(), count)));
    all.sort(
        Comparator.comparingInt(Omission::count)
            .reversed()
            .thenComparing(Omission::kind)
            .thenComparing(Omission::words));
    return all;
  }
}
