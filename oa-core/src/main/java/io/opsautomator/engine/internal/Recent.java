package io.opsautomator.engine.internal;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What texts were made of lately, so that what this process has just written need not be read
 * again. Keeps as many as it has places; a text has one place, and takes it from whatever was
 * there. Thread-safe.
 *
 * @param <T> immutable
 */
final class Recent<T> {
  private static final int PLACES = 1 << 14;
  private static final int LONGEST = 1_000;

  private final AtomicReferenceArray<Known<T>> places = new AtomicReferenceArray<>(PLACES);

  private record Known<T>(String text, T value) {}

  /** Long texts are read again: a few thousand of them could be more than memory holds. */
  void remember(String text, T value) {
    if (text.length() > LONGEST) {
      return;
    }
    places.set(place(text), new Known<>(text, value));
  }

  Optional<T> find(String text) {
    Known<T> known = places.get(place(text));
    return known != null && known.text().equals(text)
        ? Optional.of(known.value())
        : Optional.empty();
  }

  /** The lower bits of similar texts are alike. */
  private static int place(String text) {
    int hash = text.hashCode();
    return (hash ^ hash >>> 15) & PLACES - 1;
  }
}
