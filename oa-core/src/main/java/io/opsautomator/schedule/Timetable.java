package io.opsautomator.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * When a task fires: its schedules as one clock, within its dates, less what its calendars
 * suppress. A pure function, which the scheduler and every forecast share. Immutable, thread-safe.
 *
 * <p>A <em>firing</em> is an instant of a schedule within the dates. One that calendars suppress is
 * still a firing: it is due and has to be accounted for, only no run comes of it.
 *
 * <p>With jitter a firing keeps its instant, by which its run is known, and is acted on later: at
 * {@link #wake}, which is a function of the task's name and the instant, and so the same for every
 * scheduler. It is always before the next firing, so the order is kept and each of the two instants
 * tells the other.
 */
public final class Timetable {
  private final String key;
  private final List<Schedule> schedules;
  private final Timing timing;

  /**
   * @param key what makes its jitter another one than that of other timetables: the task's name
   */
  public Timetable(String key, List<Schedule> schedules, Timing timing) {
    this.key = key;
    this.schedules = List.copyOf(schedules);
    this.timing = timing;
  }

  /** The first firing strictly after an instant, suppressed or not; empty if there is none. */
  public Optional<Instant> nextAfter(Instant instant) {
    Instant after =
        timing.from().map(from -> from.minusNanos(1)).filter(instant::isBefore).orElse(instant);
    Optional<Instant> first = Optional.empty();
    for (Schedule schedule : schedules) {
      Optional<Instant> next = schedule.nextAfter(after);
      if (next.isPresent() && (first.isEmpty() || next.get().isBefore(first.get()))) {
        first = next;
      }
    }
    return first.filter(next -> !timing.isOver(next));
  }

  /** The last firing strictly before an instant, suppressed or not; empty if there is none. */
  public Optional<Instant> previousBefore(Instant instant) {
    Instant before = timing.until().filter(instant::isAfter).orElse(instant);
    return schedules.stream()
        .map(schedule -> schedule.previousBefore(before))
        .flatMap(Optional::stream)
        .max(Comparator.naturalOrder())
        .filter(found -> timing.from().filter(found::isBefore).isEmpty());
  }

  /** What keeps a firing from running; empty if it runs. */
  public Optional<Suppression> suppressing(Instant firing) {
    return timing.suppressing(firing);
  }

  /** When a firing is acted on: at once, or later by its jitter; before the next firing. */
  public Instant wake(Instant firing) {
    if (timing.jitter().isZero()) {
      return firing;
    }
    Instant wake = firing.plusSeconds(delay(firing));
    Optional<Instant> bound = nextAfter(firing).map(next -> next.minusSeconds(1));
    Instant latest = bound.filter(wake::isAfter).orElse(wake);
    return latest.isAfter(firing) ? latest : firing;
  }

  /** The firing that is acted on at this instant. */
  public Instant firingOf(Instant wake) {
    return timing.jitter().isZero() ? wake : previousBefore(wake.plusNanos(1)).orElse(wake);
  }

  /** From 0 to the jitter, both included; as good as evenly spread. */
  private long delay(Instant firing) {
    long mixed = firing.getEpochSecond();
    for (int i = 0; i < key.length(); i++) {
      mixed = mix(mixed + key.charAt(i));
    }
    return Math.floorMod(mix(mixed), timing.jitter().toSeconds() + 1);
  }

  /** Every bit of the result hangs on every bit given: the last step of MurmurHash3. */
  private static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }

  /**
   * All that happens in {@code (after, upTo]}, in order, including what is suppressed or skipped.
   * Lazy: without end if {@code upTo} is far away.
   */
  public Stream<Forecast> forecast(Instant after, Instant upTo) {
    Instant end =
        timing.until().map(until -> until.minusNanos(1)).filter(upTo::isAfter).orElse(upTo);
    Instant start =
        timing.from().map(from -> from.minusNanos(1)).filter(after::isBefore).orElse(after);
    ForecastIterator entries = new ForecastIterator(schedules, timing, start, end);
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(
            entries, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE),
        false);
  }

  /** The longest a run can begin after its firing. */
  public Duration jitter() {
    return timing.jitter();
  }
}
