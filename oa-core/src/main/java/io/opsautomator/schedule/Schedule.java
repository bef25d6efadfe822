package io.opsautomator.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a task fires. A pure function of an instant: no clock, no state, so every case is a
 * table-driven test.
 */
public sealed interface Schedule permits Schedule.Cron, Schedule.FixedRate, Schedule.Once {
  /** The first firing strictly after {@code instant}. */
  Optional<Instant> nextAfter(Instant instant);

  /** The firings in {@code (after, upTo]}, oldest first: what a scheduler that slept has missed. */
  default Stream<Instant> firings(Instant after, Instant upTo) {
    return Stream.iterate(nextAfter(after), Optional::isPresent, t -> nextAfter(t.orElseThrow()))
        .map(Optional::orElseThrow)
        .takeWhile(t -> !t.isAfter(upTo));
  }

  /** Parses the Ops Automator dialect; a fault is told with a caret under it. */
  static Schedule cron(String expression, String zone) {
    return new Cron(CronExpression.parse(expression), ZoneId.of(zone), DstRule.DEFAULT);
  }

  record Cron(CronExpression expression, ZoneId zone, DstRule dst) implements Schedule {
    @Override
    public Optional<Instant> nextAfter(Instant instant) {
      throw new UnsupportedOperationException("sketch: " + expression + zone + dst);
    }
  }

  record FixedRate(Instant anchor, Duration period) implements Schedule {
    @Override
    public Optional<Instant> nextAfter(Instant instant) {
      if (instant.isBefore(anchor)) {
        return Optional.of(anchor);
      }
      long elapsed = Duration.between(anchor, instant).dividedBy(period);
      return Optional.of(anchor.plus(period.multipliedBy(elapsed + 1)));
    }
  }

  record Once(Instant at) implements Schedule {
    @Override
    public Optional<Instant> nextAfter(Instant instant) {
      return instant.isBefore(at) ? Optional.of(at) : Optional.empty();
    }
  }
}
