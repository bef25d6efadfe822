package io.opsautomator.aws.dynamodb;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What this process saw last of some items, so that it need not read what it is about to write.
 * Only a guess: the write says whether it was right. Bounded; thread-safe.
 */
final class Images<K, V> {
  private final Map<K, Stored<V>> recent;

  Images(int most) {
    recent =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, Stored<V>> eldest) {
            return size() > most;
          }
        };
  }

  synchronized Optional<Stored<V>> find(K key) {
    return Optional.ofNullable(recent.get(key));
  }

  /** Keeps the later of two images. */
  synchronized void keep(K key, Stored<V> image) {
    Stored<V> known = recent.get(key);
    if (known == null || known.version() <= image.version()) {
      recent.put(key, image);
    }
  }

  synchronized void forget(K key) {
    recent.remove(key);
  }
}
