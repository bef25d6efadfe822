package io.opsautomator.task;

import io.opsautomator.event.EventType;
import io.opsautomator.resource.TagFilter;
import io.opsautomator.schedule.Calendar;
import io.opsautomator.schedule.MisfirePolicy;
import io.opsautomator.schedule.OverlapPolicy;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.schedule.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The part of a task's builder that is about when it runs. */
final class WhenBuilder {
  private static final String CODE = "ERR_INVALID_TASK_INTERVAL";
  private static final String CALENDAR = "ERR_INVALID_CALENDAR";

  private final Findings findings;
  private final Set<Schedule> schedules = new LinkedHashSet<>();
  private final Set<EventType> events = new LinkedHashSet<>();
  private final Set<EventType> regionWide = new LinkedHashSet<>();
  private Optional<TagFilter> sourceTags = Optional.empty();
  private MisfirePolicy misfire = MisfirePolicy.DEFAULT;
  private OverlapPolicy overlap = OverlapPolicy.QUEUE;
  private Optional<Instant> from = Optional.empty();
  private Optional<Instant> until = Optional.empty();
  private Duration jitter = Duration.ZERO;
  private final List<Calendar> blackout = new ArrayList<>();
  private final List<Calendar> allow = new ArrayList<>();

  WhenBuilder(Findings findings) {
    this.findings = findings;
  }

  void on(Schedule schedule) {
    if (!schedules.add(schedule)) {
      findings.wrong(CODE, "interval", "the same schedule is given twice");
    }
  }

  void on(EventType event) {
    if (!events.add(event)) {
      findings.wrong(
          "ERR_EVENT_NOT_HANDLED", "events", "the event " + event.name() + " is given twice");
    }
  }

  void onRegionWide(EventType event) {
    regionWide.add(event);
    on(event);
  }

  void whereSource(Optional<TagFilter> filter) {
    sourceTags = filter;
  }

  void misfire(MisfirePolicy policy) {
    findings.once("misfire");
    misfire = policy;
  }

  void overlap(OverlapPolicy policy) {
    findings.once("overlap");
    overlap = policy;
  }

  void from(Instant first) {
    findings.once("from");
    from = Optional.of(first);
  }

  void until(Instant end) {
    findings.once("until");
    until = Optional.of(end);
  }

  void jitter(Duration most) {
    findings.once("jitter");
    if (most.compareTo(Duration.ofSeconds(1)) < 0
        || !most.equals(most.truncatedTo(ChronoUnit.SECONDS))) {
      findings.wrong(CODE, "jitter", "'" + most + "' is not at least one second, in whole seconds");
    } else {
      jitter = most;
    }
  }

  void blackout(Calendar calendar) {
    add("blackout", calendar, blackout);
  }

  void allow(Calendar calendar) {
    add("allow", calendar, allow);
  }

  private void add(String field, Calendar calendar, List<Calendar> calendars) {
    if (calendars.contains(calendar)) {
      findings.wrong(CALENDAR, field, "the calendar " + calendar.name() + " is given twice");
    }
    calendars.add(calendar);
  }

  /** What only all of it together shows. */
  void check() {
    if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
      findings.wrong(CODE, "until", until.get() + " is not after 'from', " + from.get());
    }
    if (schedules.isEmpty() && timing().any()) {
      findings.wrong(
          CODE,
          "interval",
          "is missing: from, until, jitter, blackout and allow are about the firings of schedules");
    }
    schedules.forEach(this::checkJitter);
    int stored = stored(blackout) + stored(allow);
    if (stored > CalendarFile.MAX_STORED) {
      findings.wrong(
          CALENDAR,
          blackout.isEmpty() ? "allow" : "blackout",
          "the calendars have "
              + stored
              + " characters of events; "
              + CalendarFile.MAX_STORED
              + " can be stored with a task");
    }
  }

  private static int stored(List<Calendar> calendars) {
    return calendars.stream().mapToInt(calendar -> calendar.source().length()).sum();
  }

  private void checkJitter(Schedule schedule) {
    TaskRules.shortest(schedule)
        .filter(least -> jitter.compareTo(least) >= 0)
        .ifPresent(
            least ->
                findings.wrong(
                    CODE,
                    "jitter",
                    "'"
                        + jitter
                        + "' is not less than "
                        + least
                        + ", the least time between two firings"));
  }

  private Timing timing() {
    return new Timing(from, until, jitter, blackout, allow);
  }

  Task.When build() {
    return new Task.When(
        List.copyOf(schedules),
        new Task.Events(events, regionWide, sourceTags),
        misfire,
        overlap,
        timing());
  }
}
