package io.opsautomator.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Of all ids that pass by, the few that are most like a wanted one: by the letters to insert, drop
 * or replace. Keeps no others. Not thread-safe.
 */
final class NearestIds {
  private static final int KEPT = 3;
  private static final int LONGEST = 100;

  private record Near(String id, int distance) {}

  private final String wanted;
  private final List<Near> nearest = new ArrayList<>();

  NearestIds(String wanted) {
    this.wanted = wanted;
  }

  void add(String id) {
    int distance = distance(wanted, id);
    boolean near = distance <= Math.max(2, wanted.length() / 3);
    if (near && nearest.stream().noneMatch(it -> it.id().equals(id))) {
      nearest.add(new Near(id, distance));
      nearest.sort(Comparator.comparingInt(Near::distance).thenComparing(Near::id));
      if (nearest.size() > KEPT) {
        nearest.remove(KEPT);
      }
    }
  }

  /** The nearest first. */
  List<String> all() {
    return nearest.stream().map(Near::id).toList();
  }

  private static int distance(String a, String b) {
    if (Math.abs(a.length() - b.length()) > LONGEST || a.length() > LONGEST) {
      return Integer.MAX_VALUE;
    }
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
