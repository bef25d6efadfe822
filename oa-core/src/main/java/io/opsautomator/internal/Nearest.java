package io.opsautomator.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * "Did you mean": the known name that is nearest to a mistyped one, by the number of letters to
 * insert, drop, replace or swap with their neighbour. Upper and lower case count as equal.
 */
public final class Nearest {
  /** Longer words are no slips of the pen, and comparing is quadratic. */
  private static final int LONGEST = 100;

  private Nearest() {}

  /** Empty if nothing known is near enough to be meant. */
  public static Optional<String> to(String word, Collection<String> known) {
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    int within = Math.max(1, word.length() / 3);
    return known.stream()
        .filter(name -> distance(word, name) <= within)
        .min(Comparator.comparingInt((String name) -> distance(word, name)).thenComparing(n -> n));
  }

  /** Such as {@code ; did you mean 'Interval'?}, or nothing. */
  public static String hint(String word, Collection<String> known) {
    return to(word, known).map(name -> "; did you mean '" + name + "'?").orElse("");
  }

  static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    if (b.length() > LONGEST) {
      return LONGEST;
    }
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int cheapest(int[][] cost, String a, String b, int i, int j) {
    int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replace, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
