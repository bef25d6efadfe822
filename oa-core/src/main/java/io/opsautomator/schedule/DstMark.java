package io.opsautomator.schedule;

import java.time.LocalTime;

/**
 * What is odd about a firing, because the clocks change.
 *
 * @param clock the time on the clock that was meant; midnight if nothing is odd
 */
public record DstMark(Kind kind, LocalTime clock) {
  public static final DstMark NONE = new DstMark(Kind.NONE, LocalTime.MIDNIGHT);

  public enum Kind {
    NONE,
    /** Meant for a time that the clocks leave out; fires when they have changed. */
    SHIFTED,
    /** Meant for a time that the clocks leave out, and does not fire at all. */
    SKIPPED,
    /** The clocks will show this time again. */
    FIRST_OF_TWO,
    /** The clocks show this time again. */
    SECOND_OF_TWO
  }

  /** Such as {@code shifted from 02:30}; empty if nothing is odd. */
  public String inWords() {
    return switch (kind) {
      case NONE -> "";
      case SHIFTED -> "shifted from " + clock;
      case SKIPPED -> "skipped: there is no " + clock;
      case FIRST_OF_TWO -> "first of two " + clock;
      case SECOND_OF_TWO -> "second of two " + clock;
    };
  }
}
