package io.opsautomator.schedule;

import java.time.Instant;
import java.util.Optional;

/**
 * What a timetable has for an instant.
 *
 * @param schedule the first of the schedules that fires then, counted from 0
 * @param suppressed what keeps it from running
 */
public record Forecast(Instant at, int schedule, DstMark mark, Optional<Suppression> suppressed) {

  /** Whether a run comes of it. */
  public boolean runs() {
    return suppressed.isEmpty() && mark.kind() != DstMark.Kind.SKIPPED;
  }
}
