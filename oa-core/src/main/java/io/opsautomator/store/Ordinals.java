package io.opsautomator.store;

import java.util.AbstractSet;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A set of small numbers from 0, one bit each, in order. Immutable. A batch is counted with every
 * end of an execution; sets of objects would have to be copied one by one each time.
 */
final class Ordinals extends AbstractSet<Integer> {
  /** What is larger is no place in a batch, and is kept as it came. */
  private static final int LARGEST = 1023;

  private final long[] words;

  private Ordinals(long[] words) {
    this.words = words;
  }

  /** An immutable set of the same numbers. */
  static Set<Integer> copyOf(Set<Integer> some) {
    if (some instanceof Ordinals) {
      return some;
    }
    return small(some) ? new Ordinals(with(new long[0], some)) : Set.copyOf(some);
  }

  private static boolean small(Set<Integer> some) {
    for (int number : some) {
      if (number < 0 || number > LARGEST) {
        return false;
      }
    }
    return true;
  }

  static Set<Integer> union(Set<Integer> some, Set<Integer> more) {
    if (more.isEmpty()) {
      return some;
    }
    if (some instanceof Ordinals known && small(more)) {
      return new Ordinals(with(known.words, more));
    }
    Set<Integer> all = new HashSet<>(some);
    all.addAll(more);
    return all;
  }

  static Set<Integer> without(Set<Integer> some, Set<Integer> others) {
    if (some.isEmpty() || others.isEmpty()) {
      return some;
    }
    Set<Integer> left = new HashSet<>(some);
    left.removeAll(others);
    return left;
  }

  private static long[] with(long[] words, Set<Integer> more) {
    int largest = -1;
    for (int number : more) {
      largest = Math.max(largest, number);
    }
    long[] all = Arrays.copyOf(words, Math.max(words.length, (largest >> 6) + 1));
    for (int number : more) {
      all[number >> 6] |= 1L << number;
    }
    return all;
  }

  @Override
  public boolean contains(Object element) {
    return element instanceof Integer number
        && number >= 0
        && number >> 6 < words.length
        && (words[number >> 6] & 1L << number) != 0;
  }

  @Override
  public int size() {
    int size = 0;
    for (long word : words) {
      size += Long.bitCount(word);
    }
    return size;
  }

  @Override
  public Iterator<Integer> iterator() {
    return IntStream.range(0, words.length * Long.SIZE).filter(this::contains).iterator();
  }
}
