package io.opsautomator.task;

/** So many, or such a part of all; a part is rounded down, but never to nothing. Immutable. */
public record Amount(int value, boolean percent) {
  public static Amount of(int count) {
    return new Amount(count, false);
  }

  public static Amount percent(int part) {
    return new Amount(part, true);
  }

  public int outOf(int all) {
    return percent ? Math.max(1, all * value / 100) : Math.min(value, all);
  }
}
