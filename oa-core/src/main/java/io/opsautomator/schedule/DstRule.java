package io.opsautomator.schedule;

/**
 * What a wall-clock firing means on the two odd days of the year. Concerns fixed times only: a
 * schedule with a wildcard or step in its hour field is an interval and fires at every real
 * occurrence, and never for a time that the clocks leave out.
 *
 * @param gap what becomes of a time that the clocks leave out
 * @param overlap what becomes of a time that the clocks show twice
 */
public record DstRule(Gap gap, Overlap overlap) {
  public static final DstRule DEFAULT = new DstRule(Gap.SHIFT, Overlap.FIRST);

  /** SHIFT fires once at the first instant that exists, however many firings the gap swallowed. */
  public enum Gap {
    SHIFT,
    SKIP
  }

  public enum Overlap {
    FIRST,
    SECOND,
    BOTH
  }
}
