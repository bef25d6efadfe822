package io.opsautomator.testkit.internal;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Unmodifiable copies in the natural order of their keys: the same in every run. */
final class Sorted {
  private Sorted() {}

  static <V> SortedMap<String, V> copy(Map<String, V> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }

  static SortedSet<String> copy(Collection<String> values) {
    return Collections.unmodifiableSortedSet(new TreeSet<>(values));
  }
}
