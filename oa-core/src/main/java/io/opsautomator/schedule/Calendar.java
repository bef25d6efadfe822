package io.opsautomator.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Events with names, such as holidays and maintenance windows, asked by instant.
 *
 * <p>Events recur without end, so they are unrolled on demand, a year or so at a time, and what was
 * unrolled is kept: asking again is a binary search. Immutable but for that, and thread-safe. Two
 * are equal when their names, zones and sources are.
 */
public final class Calendar {
  private static final long SLICE = 366L * 86_400;
  private static final int KEPT = 200;

  private final String name;
  private final ZoneId zone;
  private final String source;
  private final Occurrences occurrences;
  private final Map<Long, Slice> slices = new ConcurrentHashMap<>();

  /**
   * One occurrence of an event.
   *
   * @param end the first instant after it
   */
  public record Event(String name, Instant start, Instant end) {
    private boolean holds(Instant instant) {
      return !instant.isBefore(start) && instant.isBefore(end);
    }
  }

  /** Unrolls events: a pure function, and thread-safe. */
  @FunctionalInterface
  public interface Occurrences {
    /** Those that begin before {@code to} and end after {@code from}, in any order. */
    List<Event> between(Instant from, Instant to);
  }

  /**
   * @param name for people: that of its file
   * @param zone that of events which name none
   * @param source the text it was read from, to be stored with a task
   */
  public Calendar(String name, ZoneId zone, String source, Occurrences occurrences) {
    this.name = name;
    this.zone = zone;
    this.source = source;
    this.occurrences = occurrences;
  }

  public String name() {
    return name;
  }

  public ZoneId zone() {
    return zone;
  }

  public String source() {
    return source;
  }

  /** The event that holds an instant; of several, the one that ends last. */
  public Optional<Event> at(Instant instant) {
    long number = Math.floorDiv(instant.getEpochSecond(), SLICE);
    Slice slice = slices.get(number);
    if (slice == null) {
      if (slices.size() >= KEPT) {
        slices.clear();
      }
      slice = slices.computeIfAbsent(number, this::unroll);
    }
    return slice.at(instant);
  }

  private Slice unroll(long number) {
    Instant from = Instant.ofEpochSecond(number * SLICE);
    return Slice.of(occurrences.between(from, from.plusSeconds(SLICE)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Calendar that
        && name.equals(that.name)
        && zone.equals(that.zone)
        && source.equals(that.source);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, zone, source);
  }

  @Override
  public String toString() {
    return name;
  }

  /**
   * Events by their starts.
   *
   * @param lasting at each place the one, up to there, that ends last
   */
  private record Slice(List<Event> events, List<Event> lasting) {
    static Slice of(List<Event> found) {
      List<Event> sorted =
          found.stream()
              .sorted(Comparator.comparing(Event::start).thenComparing(Event::name))
              .toList();
      Event[] lasting = sorted.toArray(Event[]::new);
      for (int i = 1; i < lasting.length; i++) {
        if (!lasting[i].end().isAfter(lasting[i - 1].end())) {
          lasting[i] = lasting[i - 1];
        }
      }
      return new Slice(sorted, List.of(lasting));
    }

    Optional<Event> at(Instant instant) {
      int low = 0;
      int high = events.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (events.get(middle).start().isAfter(instant)) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      return low == 0
          ? Optional.empty()
          : Optional.of(lasting.get(low - 1)).filter(event -> event.holds(instant));
    }
  }
}
