package io.opsautomator.engine.internal;

import io.opsautomator.schedule.MisfirePolicy;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.store.Run.Missed;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Decides what comes of instants that are due: pure functions of schedules, policy and time. What
 * is due has been missed when it is older than {@link Settings#LATE}; what is due and not late
 * fires, oldest first, whatever the policy.
 */
final class Firings {
  /** Missed instants beyond this many are not counted one by one. */
  private static final int COUNTED = 10_000;

  private Firings() {}

  /**
   * What one claim of a due task does.
   *
   * @param due the instant that fires, or the latest of those passed over
   * @param fires false when all of them are passed over
   * @param missed what is accounted for besides {@code due}
   * @param next where the task's clock goes
   */
  record Decision(Instant due, boolean fires, Missed missed, Optional<Instant> next) {}

  static Optional<Instant> next(List<Schedule> schedules, Instant after) {
    return schedules.stream()
        .map(schedule -> schedule.nextAfter(after))
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  private static Optional<Instant> previous(List<Schedule> schedules, Instant before) {
    return schedules.stream()
        .map(schedule -> schedule.previousBefore(before))
        .flatMap(Optional::stream)
        .max(Comparator.naturalOrder());
  }

  /**
   * @param due the task's next firing, which is not after {@code now}
   */
  static Decision decide(List<Schedule> schedules, MisfirePolicy policy, Instant due, Instant now) {
    Instant late = now.minus(Settings.LATE);
    if (!due.isBefore(late)) {
      return new Decision(due, true, Missed.NONE, next(schedules, due));
    }
    Instant latest = previous(schedules, late).filter(p -> p.isAfter(due)).orElse(due);
    if (policy instanceof MisfirePolicy.All all) {
      Instant bound = now.minus(all.notOlderThan());
      boolean tooMany = count(schedules, due, latest, all.atMost() + 1) > all.atMost();
      if (!tooMany && !due.isBefore(bound)) {
        return new Decision(due, true, Missed.NONE, next(schedules, due));
      }
      return passed(schedules, due, oldestKept(schedules, due, latest, all, now));
    }
    boolean fires = policy instanceof MisfirePolicy.Last;
    Missed missed = missed(schedules, due, latest);
    return new Decision(latest, fires, missed, next(schedules, latest));
  }

  /** Passes over what is too old, or more than may be caught up with. */
  private static Decision passed(List<Schedule> schedules, Instant due, Instant kept) {
    Instant last = previous(schedules, kept).filter(p -> !p.isBefore(due)).orElse(due);
    return new Decision(last, false, missed(schedules, due, last), next(schedules, last));
  }

  private static Instant oldestKept(
      List<Schedule> schedules, Instant due, Instant latest, MisfirePolicy.All all, Instant now) {
    Instant bound = now.minus(all.notOlderThan());
    Instant kept = latest;
    for (int i = 1; i < all.atMost(); i++) {
      Optional<Instant> before = previous(schedules, kept);
      if (before.isEmpty() || before.get().isBefore(bound) || before.get().isBefore(due)) {
        break;
      }
      kept = before.get();
    }
    return kept;
  }

  /** Those in {@code [from, to)}. */
  private static Missed missed(List<Schedule> schedules, Instant from, Instant to) {
    if (!from.isBefore(to)) {
      return Missed.NONE;
    }
    Optional<Instant> last = previous(schedules, to);
    return new Missed(count(schedules, from, last.orElse(from), COUNTED), Optional.of(from), last);
  }

  /** How many are in {@code [from, upTo]}, of which {@code from} is one unless it is later. */
  static int due(List<Schedule> schedules, Instant from, Instant upTo) {
    return from.isAfter(upTo) ? 0 : count(schedules, from, upTo, COUNTED);
  }

  private static int count(List<Schedule> schedules, Instant from, Instant to, int most) {
    int count = 1;
    Optional<Instant> at = next(schedules, from);
    while (count < most && at.isPresent() && !at.get().isAfter(to)) {
      count++;
      at = next(schedules, at.get());
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
