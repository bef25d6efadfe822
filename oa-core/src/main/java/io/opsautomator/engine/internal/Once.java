package io.opsautomator.engine.internal;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is worked out when it is first asked for, and kept. Thread-safe: those who ask first
 * at the same time may each work it out, so it has to come out equal.
 */
final class Once<T> implements Supplier<T> {
  private final Supplier<T> source;
  private volatile @Nullable T value;

  Once(Supplier<T> source) {
    this.source = source;
  }

  @Override
  public T get() {
    T known = value;
    if (known == null) {
      known = source.get();
      value = known;
    }
    return known;
  }
}
