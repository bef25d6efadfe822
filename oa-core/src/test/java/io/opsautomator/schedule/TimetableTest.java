package io.opsautomator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.schedule.DstRule.Gap;
import io.opsautomator.schedule.DstRule.Overlap;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A task's schedules as one clock: within dates, less calendars, with jitter, and as a forecast.
 */
final class TimetableTest {
  private static final String NEW_YORK = "America/New_York";
  private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

  private static Timetable table(Timing timing, Schedule... schedules) {
    return new Timetable("task", List.of(schedules), timing);
  }

  private static Schedule daily(String time) {
    return Schedule.cron(time + " * * *", "UTC");
  }

  private static Timing between(String from, String until) {
    return new Timing(
        Optional.of(Instant.parse(from)),
        Optional.of(Instant.parse(until)),
        Duration.ZERO,
        List.of(),
        List.of());
  }

  private static Timing jitter(Duration most) {
    return new Timing(Optional.empty(), Optional.empty(), most, List.of(), List.of());
  }

  /** The first three days of every thirty. */
  private static Calendar everyThirtyDays(String name) {
    return new Calendar(
        name,
        ZoneOffset.UTC,
        "",
        (from, to) ->
            Stream.iterate(NEW_YEAR, start -> start.plus(Duration.ofDays(30)))
                .takeWhile(to::isAfter)
                .map(start -> new Calendar.Event("rest", start, start.plus(Duration.ofDays(3))))
                .filter(event -> event.end().isAfter(from))
                .toList());
  }

  private static List<String> marks(Schedule schedule, String day) {
    Instant from = Instant.parse(day + "T00:00:00Z").minusNanos(1);
    return table(Timing.NONE, schedule)
        .forecast(from, from.plus(Duration.ofHours(36)))
        .filter(entry -> entry.mark().kind() != DstMark.Kind.NONE)
        .map(entry -> entry.at() + " " + entry.mark().inWords())
        .toList();
  }

  @Test
  void nothingFiresOutsideItsDates() {
    Timetable table = table(between("2026-02-01T09:00:00Z", "2026-02-03T09:00:00Z"), daily("0 9"));

    assertThat(table.forecast(NEW_YEAR, Instant.MAX).map(Forecast::at))
        .containsExactly(
            Instant.parse("2026-02-01T09:00:00Z"), Instant.parse("2026-02-02T09:00:00Z"));
    assertThat(table.nextAfter(NEW_YEAR)).contains(Instant.parse("2026-02-01T09:00:00Z"));
    assertThat(table.nextAfter(Instant.parse("2026-02-02T09:00:00Z"))).isEmpty();
    assertThat(table.previousBefore(Instant.MAX)).contains(Instant.parse("2026-02-02T09:00:00Z"));
    assertThat(table.previousBefore(Instant.parse("2026-02-01T09:00:00Z"))).isEmpty();
  }

  @Test
  void whatCalendarsSuppressIsAFiringAndSaysSo() {
    Timing timing =
        new Timing(
            Optional.empty(),
            Optional.empty(),
            Duration.ZERO,
            List.of(everyThirtyDays("days.ics")),
            List.of());
    Timetable table = table(timing, daily("0 9"));

    List<Forecast> entries = table.forecast(NEW_YEAR, NEW_YEAR.plus(Duration.ofDays(60))).toList();

    assertThat(entries).hasSize(60);
    assertThat(entries.stream().filter(entry -> !entry.runs()))
        .hasSize(6)
        .allSatisfy(
            entry ->
                assertThat(entry.suppressed())
                    .contains(new Suppression("days.ics", Optional.of("rest"))));
  }

  @Test
  void whatCalendarsAllowIsInsideAnyOfThem() {
    Timing timing =
        new Timing(
            Optional.empty(),
            Optional.empty(),
            Duration.ZERO,
            List.of(),
            List.of(everyThirtyDays("a.ics"), everyThirtyDays("b.ics")));
    Timetable table = table(timing, daily("0 9"));

    assertThat(table.suppressing(NEW_YEAR)).isEmpty();
    assertThat(table.suppressing(NEW_YEAR.plus(Duration.ofDays(3))))
        .map(Suppression::inWords)
        .contains("outside all events of a.ics, b.ics");
  }

  @Test
  void oddDaysAreMarked() {
    Schedule.Cron gap = Schedule.cron("30 2 * * *", NEW_YORK);
    Schedule.Cron overlap = Schedule.cron("30 1 * * *", NEW_YORK);
    DstRule both = new DstRule(Gap.SKIP, Overlap.BOTH);

    assertThat(marks(gap, "2026-03-08")).containsExactly("2026-03-08T07:00:00Z shifted from 02:30");
    assertThat(marks(gap.withDst(both), "2026-03-08"))
        .containsExactly("2026-03-08T07:00:00Z skipped: there is no 02:30");
    assertThat(marks(overlap, "2026-11-01"))
        .containsExactly("2026-11-01T05:30:00Z first of two 01:30");
    assertThat(marks(overlap.withDst(new DstRule(Gap.SHIFT, Overlap.SECOND)), "2026-11-01"))
        .containsExactly("2026-11-01T06:30:00Z second of two 01:30");
    assertThat(marks(overlap.withDst(both), "2026-11-01"))
        .containsExactly(
            "2026-11-01T05:30:00Z first of two 01:30", "2026-11-01T06:30:00Z second of two 01:30");
    assertThat(marks(Schedule.cron("0 */2 * * *", NEW_YORK), "2026-03-08")).isEmpty();
    assertThat(marks(Schedule.cron("0 3 * * *", NEW_YORK), "2026-03-08")).isEmpty();
  }

  @Test
  void aForecastIsWhatNextAfterSaysInOrderAndOnce() {
    Random random = new Random(5);
    for (int round = 0; round < 300; round++) {
      Timetable table = any(random);
      Instant from = NEW_YEAR.plus(Duration.ofHours(random.nextInt(9_000)));
      Instant to = from.plus(Duration.ofDays(20));

      List<Instant> expected = new ArrayList<>();
      for (Optional<Instant> at = table.nextAfter(from);
          at.isPresent() && !at.get().isAfter(to);
          at = table.nextAfter(at.get())) {
        expected.add(at.get());
      }
      assertThat(
              table
                  .forecast(from, to)
                  .filter(entry -> entry.mark().kind() != DstMark.Kind.SKIPPED)
                  .map(Forecast::at))
          .isEqualTo(expected);
    }
  }

  @Test
  void jitterKeepsTheOrderAndTellsTheFiringFromTheInstantItIsActedOn() {
    Random random = new Random(6);
    for (int round = 0; round < 300; round++) {
      Timetable table = any(random);
      Optional<Instant> at =
          table.nextAfter(NEW_YEAR.plus(Duration.ofMinutes(random.nextInt(500_000))));
      for (int i = 0; i < 50 && at.isPresent(); i++) {
        Instant firing = at.get();
        Instant wake = table.wake(firing);
        at = table.nextAfter(firing);

        assertThat(wake).isBetween(firing, firing.plus(table.jitter()));
        assertThat(table.firingOf(wake)).isEqualTo(firing);
        assertThat(at.filter(next -> !next.isAfter(wake))).isEmpty();
      }
    }
  }

  @Test
  void jitterSpreadsTasksAndIsTheSameEverywhere() {
    Set<Instant> wakes = new HashSet<>();
    for (int task = 0; task < 1_000; task++) {
      Timing timing = jitter(Duration.ofMinutes(10));
      String name = "task " + task;
      Timetable one = new Timetable(name, List.of(daily("0 9")), timing);
      Timetable other = new Timetable(name, List.of(daily("0 9")), timing);
      Instant firing = one.nextAfter(NEW_YEAR).orElseThrow();

      assertThat(one.wake(firing)).isEqualTo(other.wake(firing));
      wakes.add(one.wake(firing));
    }
    // Of 601 seconds, 1000 tasks that choose evenly leave out some 19 in 100.
    assertThat(wakes).hasSizeBetween(440, 530);
  }

  private static Timetable any(Random random) {
    List<Schedule> schedules = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      schedules.add(anySchedule(random));
    }
    boolean dated = random.nextInt(4) == 0;
    Timing timing =
        new Timing(
            dated ? Optional.of(NEW_YEAR.plus(Duration.ofDays(40))) : Optional.empty(),
            dated ? Optional.of(NEW_YEAR.plus(Duration.ofDays(90))) : Optional.empty(),
            Duration.ofSeconds(random.nextInt(2_000)),
            random.nextBoolean() ? List.of(everyThirtyDays("a.ics")) : List.of(),
            List.of());
    return new Timetable("task " + random.nextInt(), schedules, timing);
  }

  private static Schedule anySchedule(Random random) {
    if (random.nextInt(6) == 0) {
      return new Schedule.FixedRate(NEW_YEAR, Duration.ofSeconds(1 + random.nextInt(5_000)));
    }
    String[] some = {"30 2 * * *", "0,30 1-3 * * *", "*/7 * * * *", "0 * * * *", "15 1 * * sun"};
    String[] zones = {NEW_YORK, "Europe/Dublin", "Australia/Lord_Howe", "UTC"};
    DstRule rule =
        new DstRule(Gap.values()[random.nextInt(2)], Overlap.values()[random.nextInt(3)]);
    return Schedule.cron(some[random.nextInt(some.length)], zones[random.nextInt(zones.length)])
        .withDst(rule);
  }
}
