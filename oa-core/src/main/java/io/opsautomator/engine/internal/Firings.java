package io.opsautomator.engine.internal;

import io.opsautomator.schedule.MisfirePolicy;
import io.opsautomator.schedule.Suppression;
import io.opsautomator.schedule.Timetable;
import io.opsautomator.store.Run.Missed;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Decides what comes of instants that are due: pure functions of a timetable, policy and time. What
 * is due has been missed when it is older than {@link Settings#LATE}; what is due and not late
 * fires, oldest first, whatever the policy.
 *
 * <p>What calendars suppress is accounted for like everything else, and never caught up with: the
 * policy chooses among the firings that are not suppressed. Suppressed ones are passed over in
 * claims of their own, so that there is a record that names the calendar.
 */
final class Firings {
  /** Missed instants beyond this many are not counted one by one. */
  private static final int COUNTED = 10_000;

  private final Timetable timetable;
  private final MisfirePolicy policy;
  private final Instant now;

  /** Nothing that was to be acted on before this is on time. */
  private final Instant late;

  private Firings(Timetable timetable, MisfirePolicy policy, Instant now) {
    this.timetable = timetable;
    this.policy = policy;
    this.now = now;
    this.late = now.minus(Settings.LATE);
  }

  /**
   * What one claim of a due task does.
   *
   * @param due the instant that fires, or the latest of those passed over
   * @param fires false when all of them are passed over
   * @param missed what is accounted for besides {@code due}
   * @param next where the task's clock goes: the next firing, or when that is to be acted on
   * @param suppressed what keeps {@code due} from firing, if calendars do
   */
  record Decision(
      Instant due,
      boolean fires,
      Missed missed,
      Optional<Instant> next,
      Optional<Suppression> suppressed) {}

  /** Where a task's clock stands when everything up to an instant is accounted for. */
  static Optional<Instant> next(Timetable timetable, Instant after) {
    return timetable.nextAfter(after).map(timetable::wake);
  }

  /**
   * @param clock where the task's clock stands, which is not after {@code now}
   */
  static Decision decide(Timetable timetable, MisfirePolicy policy, Instant clock, Instant now) {
    return new Firings(timetable, policy, now).decide(timetable.firingOf(clock), clock);
  }

  private Decision decide(Instant due, Instant clock) {
    Optional<Suppression> suppressed = timetable.suppressing(due);
    boolean isLate = clock.isBefore(late);
    if (suppressed.isPresent()) {
      return suppressed(due, isLate, suppressed);
    }
    if (!isLate) {
      return decision(due, true, Missed.NONE);
    }
    Instant latest = latest(due);
    if (policy instanceof MisfirePolicy.All all) {
      return oneOfAll(due, latest, all);
    }
    return decision(latest, policy instanceof MisfirePolicy.Last, missed(due, latest));
  }

  private Decision decision(Instant due, boolean fires, Missed missed) {
    return new Decision(due, fires, missed, next(timetable, due), Optional.empty());
  }

  /** This one, and if nobody looked for long, those that follow and are suppressed, too. */
  private Decision suppressed(Instant due, boolean isLate, Optional<Suppression> why) {
    Instant last = due;
    if (isLate) {
      Optional<Instant> next = timetable.nextAfter(due);
      while (next.isPresent()
          && timetable.wake(next.get()).isBefore(late)
          && timetable.suppressing(next.get()).equals(why)) {
        last = next.get();
        next = timetable.nextAfter(last);
      }
    }
    return new Decision(last, false, missed(due, last), next(timetable, last), why);
  }

  /** The latest late one that is not suppressed; {@code due} is such a one. */
  private Instant latest(Instant due) {
    Instant at = late;
    while (true) {
      Optional<Instant> previous = timetable.previousBefore(at).filter(p -> p.isAfter(due));
      if (previous.isEmpty()) {
        return due;
      }
      at = previous.get();
      if (timetable.wake(at).isBefore(late) && timetable.suppressing(at).isEmpty()) {
        return at;
      }
    }
  }

  private Decision oneOfAll(Instant due, Instant latest, MisfirePolicy.All all) {
    Instant oldest = oldestKept(due, latest, all);
    if (!oldest.isAfter(due) && !due.isBefore(now.minus(all.notOlderThan()))) {
      return decision(due, true, Missed.NONE);
    }
    Instant last = timetable.previousBefore(oldest).filter(p -> !p.isBefore(due)).orElse(due);
    return decision(last, false, missed(due, last));
  }

  /** The oldest that may still be caught up with; those after it and not suppressed may, too. */
  private Instant oldestKept(Instant due, Instant latest, MisfirePolicy.All all) {
    Instant bound = now.minus(all.notOlderThan());
    Instant kept = latest;
    int more = all.atMost() - 1;
    Optional<Instant> before = timetable.previousBefore(kept);
    while (more > 0
        && before.isPresent()
        && !before.get().isBefore(bound)
        && !before.get().isBefore(due)) {
      if (timetable.suppressing(before.get()).isEmpty()) {
        kept = before.get();
        more--;
      }
      before = timetable.previousBefore(before.get());
    }
    return kept;
  }

  /** Those in {@code [from, to)}. */
  private Missed missed(Instant from, Instant to) {
    if (!from.isBefore(to)) {
      return Missed.NONE;
    }
    Optional<Instant> last = timetable.previousBefore(to);
    return new Missed(count(timetable, from, last.orElse(from)), Optional.of(from), last);
  }

  /**
   * How many are in {@code [from, upTo]}, of which {@code from} is one unless it is later.
   *
   * @param from where the task's clock stands
   */
  static int due(Timetable timetable, Instant from, Instant upTo) {
    return from.isAfter(upTo) ? 0 : count(timetable, timetable.firingOf(from), upTo);
  }

  private static int count(Timetable timetable, Instant from, Instant to) {
    int count = 1;
    Optional<Instant> at = timetable.nextAfter(from);
    while (count < COUNTED && at.isPresent() && !at.get().isAfter(to)) {
      count++;
      at = timetable.nextAfter(at.get());
    }
    return count;
  }

  /** How long it can be until somebody has to look again. */
  static Instant earliest(
      Instant longest, List<Optional<Instant>> others, Duration least, Instant now) {
    Instant first =
        others.stream()
            .flatMap(Optional::stream)
            .filter(longest::isAfter)
            .min(Comparator.naturalOrder())
            .orElse(longest);
    Instant soonest = now.plus(least);
    return first.isAfter(soonest) ? first : soonest;
  }
}
