package io.opsautomator.task;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How many resources all tasks of a deployment together may act on in a length of time. Immutable.
 *
 * <p>Time is cut into windows of that length, beginning with 1970 in UTC, so that all engines agree
 * on them without asking each other; windows of 24 hours begin at midnight, UTC. What is unused at
 * the end of a window is lost, and two windows that touch can be used up right after one another.
 *
 * @param resources at least 1
 * @param per whole seconds, from one minute to 366 days
 */
public record Budget(int resources, Duration per) {
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(366);

  /** Throws IllegalArgumentException for a number or a length out of range. */
  public Budget {
    if (resources < 1) {
      throw new IllegalArgumentException("'" + resources + "' is not at least 1");
    }
    checkedLength(per);
  }

  static Duration checkedLength(Duration per) {
    if (per.compareTo(SHORTEST) < 0
        || per.compareTo(LONGEST) > 0
        || !per.equals(per.truncatedTo(ChronoUnit.SECONDS))) {
      throw new IllegalArgumentException(
          "'" + per + "' is not a length of whole seconds from one minute to 366 days");
    }
    return per;
  }

  /** The window that an instant is in, such as {@code 2026-01-05T00:00:00Z/PT24H}. */
  public String window(Instant at) {
    long length = per.toSeconds();
    long begin = Math.floorDiv(at.getEpochSecond(), length) * length;
    return Instant.ofEpochSecond(begin) + "/" + per;
  }
}
