package io.opsautomator.aws;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Values that are costly to make, at most so many, those used last. Each is made once, and making
 * one keeps nobody from another. A value that is dropped is not closed: someone may be using it.
 * Thread-safe.
 */
final class Recent<K, V> {
  private final Map<K, Made<K, V>> values;
  private final Function<K, V> maker;

  Recent(int capacity, Function<K, V> maker) {
    this.maker = maker;
    this.values =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, Made<K, V>> eldest) {
            return size() > capacity;
          }
        };
  }

  V get(K key) {
    Made<K, V> made;
    synchronized (values) {
      made = values.computeIfAbsent(key, k -> new Made<>());
    }
    return made.get(key, maker);
  }

  int size() {
    synchronized (values) {
      return values.size();
    }
  }

  private static final class Made<K, V> {
    private Optional<V> value = Optional.empty();

    synchronized V get(K key, Function<K, V> maker) {
      if (value.isEmpty()) {
        value = Optional.of(maker.apply(key));
      }
      return value.get();
    }
  }
}
