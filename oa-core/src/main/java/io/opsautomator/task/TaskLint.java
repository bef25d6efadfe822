package io.opsautomator.task;

import io.opsautomator.action.ParameterSchema.Violation;
import io.opsautomator.resource.OptOut;
import io.opsautomator.resource.TagFilter;
import io.opsautomator.schedule.Forecast;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.schedule.Suppression;
import io.opsautomator.schedule.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is allowed in any task, and yet often not meant. */
final class TaskLint {
  private static final String CODE = "WARN_TASK";
  private static final int FIRINGS = 3;

  /** How far ahead calendars are tried, and how many firings of that. */
  private static final Duration LOOKED_AT = Duration.ofDays(731);

  private static final int FORECAST = 10_000;

  private TaskLint() {}

  static void check(Task task, Instant now, List<Violation> warnings) {
    for (Schedule schedule : task.when().schedules()) {
      schedule(schedule, now, warnings);
    }
    timing(task, now, warnings);
    task.target().tags().ifPresent(filter -> tagFilter(filter, warnings));
    Task.Events events = task.when().events();
    events.sourceTags().ifPresent(f -> filter("sourceEventTagFilter", f, warnings));
    if (events.sourceTags().isPresent() && events.types().isEmpty()) {
      warn(warnings, "sourceEventTagFilter", "has no effect: the task has no events");
    }
    boolean followsNone = task.flow().after().isEmpty();
    if (task.when().schedules().isEmpty() && events.types().isEmpty() && followsNone) {
      warn(warnings, "interval", "is missing, and so are events: the task runs only when started");
    }
    if (task.target().accounts().isEmpty() && task.target().externalId().isPresent()) {
      warn(warnings, "externalId", "has no effect: the task has no other accounts");
    }
    guards(task.guards(), warnings);
  }

  /** A guard that never strikes is worse than none: somebody relies on it. */
  private static void guards(Guards guards, List<Violation> warnings) {
    if (isAll(guards.maxResources())) {
      warn(warnings, "maxResources", "never strikes: a run has no more than all resources");
    }
    if (isAll(guards.maxErrors())) {
      warn(warnings, "maxErrors", "stops nothing: it strikes when everything has failed");
    }
    if (isAll(guards.rollout().flatMap(Rollout::canary))) {
      warn(warnings, "canary", "is all of a run, so that nothing is spared when it fails");
    } else if (isAll(guards.rollout().flatMap(Rollout::waves))) {
      warn(warnings, "waves", "of all that is left are one wave");
    }
    boolean moreInPart =
        guards.maxPerRegion().orElse(0) >= guards.maxPerAccount().orElse(Integer.MAX_VALUE);
    if (moreInPart) {
      warn(warnings, "maxPerRegion", "never strikes: maxPerAccount does so before");
    }
  }

  private static boolean isAll(Optional<Amount> amount) {
    return amount.filter(new Amount(100, true)::equals).isPresent();
  }

  /** A schedule with a warning is understood at a glance by when it will fire. */
  private static void schedule(Schedule schedule, Instant now, List<Violation> warnings) {
    for (String warning : schedule.warnings()) {
      warn(warnings, "interval", warning + "; " + schedule.describeNext(now, FIRINGS));
    }
    if (schedule.warnings().isEmpty() && schedule.nextAfter(now).isEmpty()) {
      warn(warnings, "interval", "will not fire any more");
    }
  }

  /** Schedules that would fire, and are kept from it, for good or for long. */
  private static void timing(Task task, Instant now, List<Violation> warnings) {
    Timing timing = task.when().timing();
    if (timing.until().filter(until -> !now.isBefore(until)).isPresent()) {
      warn(warnings, "until", "is over since " + timing.until().get() + ": it fires no more");
      return;
    }
    Instant from = timing.from().filter(now::isBefore).orElse(now);
    boolean fires = task.when().schedules().stream().anyMatch(s -> s.nextAfter(from).isPresent());
    if (!timing.any() || !fires) {
      return;
    }
    Instant end = from.plus(LOOKED_AT);
    Optional<Forecast> first = task.timetable().forecast(now, end).findFirst();
    if (first.isEmpty() && timing.until().isPresent()) {
      warn(warnings, "until", "is before the first firing: it never fires");
    } else if (first.isPresent()
        && task.timetable().forecast(now, end).limit(FORECAST).noneMatch(Forecast::runs)) {
      String why = first.get().suppressed().map(Suppression::inWords).orElse("skipped");
      warn(warnings, calendar(timing), "keeps it from running for as far as was looked: " + why);
    }
  }

  private static String calendar(Timing timing) {
    return timing.blackout().isEmpty() ? "allow" : "blackout";
  }

  private static void tagFilter(TagFilter filter, List<Violation> warnings) {
    filter("tagFilter", filter, warnings);
    if (filter.requiredTagKey().filter(OptOut.TAG::equals).isPresent()) {
      warn(warnings, "tagFilter", "wants the tag " + OptOut.TAG + ", which keeps tasks away");
    }
  }

  private static void filter(String field, TagFilter filter, List<Violation> warnings) {
    filter.warnings().forEach(warning -> warn(warnings, field, warning));
    filter.contradiction().ifPresent(why -> warn(warnings, field, "matches nothing: " + why));
  }

  private static void warn(List<Violation> warnings, String field, String text) {
    warnings.add(new Violation(CODE, field, text));
  }
}
