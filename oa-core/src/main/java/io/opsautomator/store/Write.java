package io.opsautomator.store;

/**
 * What became of a conditional write. Losing a race is a value, never an exception; an exception
 * means that the store does not know, and the caller may simply repeat the write: an own change
 * found in place answers {@link Applied}.
 */
public sealed interface Write<T> {

  record Applied<T>(T now) implements Write<T> {}

  /** Not written: the condition does not hold. {@code actual} is what is stored. */
  record Refused<T>(T actual) implements Write<T> {}

  /**
   * Not written: another worker has claimed it under a higher epoch. Stop at once, change nothing,
   * keep no message.
   */
  record Fenced<T>(T actual) implements Write<T> {}

  /** Not written: nothing is stored under this id. */
  record Absent<T>() implements Write<T> {}
}
