package io.opsautomator.micrometer;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * When things began that have not ended. What ends in another process would stay for ever; so the
 * eldest go when there are too many. Thread-safe.
 */
final class Begun<K> {
  private final Map<K, Instant> since;

  Begun(int most) {
    this.since =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, Instant> eldest) {
            return size() > most;
          }
        };
  }

  /** The first time counts: who takes over does not begin. */
  synchronized void begin(K id, Instant at) {
    since.putIfAbsent(id, at);
  }

  synchronized Optional<Instant> end(K id) {
    return Optional.ofNullable(since.remove(id));
  }

  synchronized int size() {
    return since.size();
  }
}
