package io.opsautomator.dispatch;

/**
 * An answer of a {@link KeyedLimiter}: a permit, or that there is none now. Given back by {@link
 * #close}, once and by whoever was granted it; closing a refusal does nothing.
 */
public sealed interface Permit extends AutoCloseable permits LimitedKey, Permit.Refused {

  boolean granted();

  /**
   * Nanoseconds after which asking again may succeed; 0 when granted, and when it depends on a
   * permit being given back.
   */
  long waitNanos();

  /**
   * @throws IllegalStateException if more permits of the key are given back than were granted
   */
  @Override
  void close();

  /** None now. Immutable. */
  record Refused(long waitNanos) implements Permit {
    @Override
    public boolean granted() {
      return false;
    }

    @Override
    public void close() {
      // There is nothing to give back.
    }
  }
}
