package io.opsautomator.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What holds the firings of a task's schedules back, or off. Events and requests are not concerned.
 * Immutable.
 *
 * @param from the first instant at which they may fire
 * @param until the first instant at which they may no longer
 * @param jitter a run begins up to that much after its firing; zero if it must begin at once
 * @param blackout a firing inside an event of any of these does not run
 * @param allow if there are any, a firing outside all events of all of these does not run
 */
public record Timing(
    Optional<Instant> from,
    Optional<Instant> until,
    Duration jitter,
    List<Calendar> blackout,
    List<Calendar> allow) {
  public static final Timing NONE =
      new Timing(Optional.empty(), Optional.empty(), Duration.ZERO, List.of(), List.of());

  public Timing {
    blackout = List.copyOf(blackout);
    allow = List.copyOf(allow);
    if (jitter.isNegative()) {
      throw new IllegalArgumentException("jitter " + jitter + " is negative");
    }
  }

  /** Whether anything is said at all. */
  public boolean any() {
    return !equals(NONE);
  }

  boolean calendars() {
    return !blackout.isEmpty() || !allow.isEmpty();
  }

  boolean isOver(Instant instant) {
    return until.isPresent() && !instant.isBefore(until.get());
  }

  /** What keeps a firing at this instant from running; empty if it runs. */
  public Optional<Suppression> suppressing(Instant firing) {
    for (Calendar calendar : blackout) {
      Optional<Calendar.Event> event = calendar.at(firing);
      if (event.isPresent()) {
        return Optional.of(new Suppression(calendar.name(), event.map(Calendar.Event::name)));
      }
    }
    if (allow.isEmpty() || allow.stream().anyMatch(c -> c.at(firing).isPresent())) {
      return Optional.empty();
    }
    String names = allow.stream().map(Calendar::name).collect(Collectors.joining(", "));
    return Optional.of(new Suppression(names, Optional.empty()));
  }
}
