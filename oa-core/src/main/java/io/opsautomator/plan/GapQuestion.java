package io.opsautomator.plan;

import io.opsautomator.plan.FiringVerdict.Outcome;
import io.opsautomator.schedule.DstRule.Gap;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.schedule.Timing;
import io.opsautomator.store.Store;
import io.opsautomator.task.Task;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a firing at a time that the clocks leave out. There is no such instant: what the
 * schedules make of it happens, or does not, when the clocks change.
 */
record GapQuestion(Task task, LocalDateTime clock, ZoneId zone, Instant now, Store store) {

  FiringVerdict answer() {
    ZoneOffsetTransition change = zone.getRules().getTransition(clock);
    FiringVerdict then = new FiringQuestion(task, change.getInstant(), now, store).answer();
    List<String> reasons = new ArrayList<>(List.of(inWords(change)));
    List<Schedule.Cron> meant = schedules().stream().filter(this::means).toList();
    if (meant.stream().anyMatch(schedule -> schedule.dst().gap() == Gap.SHIFT)) {
      reasons.addAll(then.reasons());
      return new FiringVerdict(then.at(), then.outcome(), reasons, then.run());
    }
    boolean kept = !meant.isEmpty() && within(change.getInstant());
    if (kept) {
      reasons.add("its rule for such times is skip");
    } else {
      schedules().forEach(schedule -> reasons.addAll(mismatches(schedule)));
    }
    around(change.getInstant(), reasons);
    Outcome outcome = kept ? Outcome.KEPT_FROM : Outcome.NOT_DUE;
    return new FiringVerdict(change.getInstant(), outcome, reasons, Optional.empty());
  }

  private String inWords(ZoneOffsetTransition change) {
    return "there is no "
        + clock.toLocalTime()
        + " on that day: the clocks of "
        + zone
        + " go from "
        + change.getDateTimeBefore().toLocalTime()
        + " to "
        + change.getDateTimeAfter().toLocalTime();
  }

  private List<Schedule.Cron> schedules() {
    return task.when().schedules().stream()
        .filter(Schedule.Cron.class::isInstance)
        .map(Schedule.Cron.class::cast)
        .filter(schedule -> schedule.zone().equals(zone))
        .toList();
  }

  /** An interval never means a time that does not come. */
  private boolean means(Schedule.Cron schedule) {
    return !schedule.expression().isInterval() && schedule.expression().mismatches(clock).isEmpty();
  }

  /** Whether it is within the task's dates. */
  private boolean within(Instant change) {
    Timing timing = task.when().timing();
    return timing.from().filter(change::isBefore).isEmpty()
        && timing.until().filter(until -> !change.isBefore(until)).isEmpty();
  }

  private List<String> mismatches(Schedule.Cron schedule) {
    String of = "'" + schedule.expression() + "' (" + zone + "): ";
    return schedule.expression().mismatches(clock).stream().map(field -> of + field).toList();
  }

  private void around(Instant change, List<String> reasons) {
    task.timetable()
        .previousBefore(change)
        .ifPresent(before -> reasons.add("the firing before is at " + before));
    task.timetable()
        .nextAfter(change.minusNanos(1))
        .ifPresent(after -> reasons.add("the next one is at " + after));
  }
}
