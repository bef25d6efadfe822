package io.opsautomator.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a task fires. A pure function of an instant: no clock, no state, so every case is a
 * table-driven test. Immutable, thread-safe.
 */
public sealed interface Schedule permits Schedule.Cron, Schedule.FixedRate, Schedule.Once {
  /** The first firing strictly after {@code instant}; empty if there is none. */
  Optional<Instant> nextAfter(Instant instant);

  /** The last firing strictly before {@code instant}; empty if there is none. */
  Optional<Instant> previousBefore(Instant instant);

  /** The zone in which people think of its firings. */
  default ZoneId zone() {
    return ZoneOffset.UTC;
  }

  /** What is allowed and yet often not meant, in plain words; empty if nothing is. */
  default List<String> warnings() {
    return List.of();
  }

  /** The firings in {@code (after, upTo]}, oldest first: what a scheduler that slept has missed. */
  default Stream<Instant> firings(Instant after, Instant upTo) {
    return Stream.iterate(nextAfter(after), Optional::isPresent, t -> nextAfter(t.orElseThrow()))
        .map(Optional::orElseThrow)
        .takeWhile(t -> !t.isAfter(upTo));
  }

  /**
   * The next firings in words, on the clock of {@link #zone}: {@code next: Mon 2026-01-05 09:00,
   * Tue 2026-01-06 09:00 (Europe/Amsterdam)}. It ends any warning about a schedule, which is then
   * understood at a glance.
   *
   * @param count how many firings to name, at least 1
   */
  default String describeNext(Instant after, int count) {
    return ScheduleWords.next(this, after, count);
  }

  /**
   * Parses the Ops Automator dialect, with the default rule for daylight saving time.
   *
   * @param zone an IANA name such as {@code Europe/Amsterdam}, or {@code UTC}
   * @throws io.opsautomator.InvalidExpressionException if one of them is wrong, with a caret under
   *     the fault
   */
  static Cron cron(String expression, String zone) {
    return new Cron(CronExpression.parse(expression), ZoneNames.parse(zone), DstRule.DEFAULT);
  }

  /**
   * Fires when the clocks of a zone show a matching time; {@link DstRule} tells of the odd days.
   * Two are equal when the texts of their expressions, their zones and their rules are.
   */
  final class Cron implements Schedule {
    private final CronExpression expression;
    private final ZoneId zone;
    private final DstRule dst;
    private final FiringSearch search;

    public Cron(CronExpression expression, ZoneId zone, DstRule dst) {
      this.expression = expression;
      this.zone = zone;
      this.dst = dst;
      this.search = new FiringSearch(expression, ZoneTimeline.of(zone), dst);
    }

    public CronExpression expression() {
      return expression;
    }

    @Override
    public ZoneId zone() {
      return zone;
    }

    public DstRule dst() {
      return dst;
    }

    public Cron withDst(DstRule rule) {
      return new Cron(expression, zone, rule);
    }

    @Override
    public Optional<Instant> nextAfter(Instant instant) {
      long next = nextSecond(instant.getEpochSecond());
      return next == FiringSearch.NONE
          ? Optional.empty()
          : Optional.of(Instant.ofEpochSecond(next));
    }

    @Override
    public Optional<Instant> previousBefore(Instant instant) {
      long upTo = instant.getEpochSecond() - (instant.getNano() == 0 ? 1 : 0);
      long found = search.upTo(upTo);
      return found == -FiringSearch.NONE
          ? Optional.empty()
          : Optional.of(Instant.ofEpochSecond(found));
    }

    /**
     * {@link #nextAfter} without objects, for who asks for thousands: seconds since
     * 1970-01-01T00:00Z, {@link Long#MAX_VALUE} if there is none.
     */
    public long nextSecond(long after) {
      return search.after(after);
    }

    @Override
    public List<String> warnings() {
      return expression.warnings();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Cron that
          && expression.equals(that.expression)
          && zone.equals(that.zone)
          && dst.equals(that.dst);
    }

    @Override
    public int hashCode() {
      return Objects.hash(expression, zone, dst);
    }

    @Override
    public String toString() {
      return expression + " (" + zone + ")";
    }
  }

  /** Fires at {@code anchor} and every {@code period} (a second at least) after it. */
  record FixedRate(Instant anchor, Duration period) implements Schedule {
    private static final Duration LEAST = Duration.ofSeconds(1);

    public FixedRate {
      if (period.compareTo(LEAST) < 0) {
        throw new IllegalArgumentException("period " + period + " is less than " + LEAST);
      }
    }

    @Override
    public Optional<Instant> nextAfter(Instant instant) {
      if (instant.isBefore(anchor)) {
        return Optional.of(anchor);
      }
      Instant last = anchor.plus(period.multipliedBy(periodsUntil(instant)));
      boolean representable = Duration.between(last, Instant.MAX).compareTo(period) >= 0;
      return representable ? Optional.of(last.plus(period)) : Optional.empty();
    }

    @Override
    public Optional<Instant> previousBefore(Instant instant) {
      if (!instant.isAfter(anchor)) {
        return Optional.empty();
      }
      return Optional.of(anchor.plus(period.multipliedBy(periodsUntil(instant.minusNanos(1)))));
    }

    private long periodsUntil(Instant instant) {
      return Duration.between(anchor, instant).dividedBy(period);
    }
  }

  /** Fires a single time. */
  record Once(Instant at) implements Schedule {
    @Override
    public Optional<Instant> nextAfter(Instant instant) {
      return instant.isBefore(at) ? Optional.of(at) : Optional.empty();
    }

    @Override
    public Optional<Instant> previousBefore(Instant instant) {
      return instant.isAfter(at) ? Optional.of(at) : Optional.empty();
    }
  }
}
