package io.opsautomator.cli;

import io.opsautomator.schedule.DstMark;
import io.opsautomator.schedule.Forecast;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.schedule.Timetable;
import io.opsautomator.schedule.Timing;
import io.opsautomator.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * When one task fires in a span of time, gone through once.
 *
 * @param zone in which people think of it
 * @param when its schedules in words
 */
record Preview(String name, ZoneId zone, String when, Timetable timetable) {
  static final int SHOWN = 5;

  /** Leap days come at most eight years apart. */
  private static final Duration AHEAD = Duration.ofDays(8 * 366);

  static Preview of(Task task) {
    List<Schedule> schedules = task.when().schedules();
    String when = schedules.stream().map(Preview::words).collect(Collectors.joining(", "));
    return new Preview(
        task.name().value(),
        schedules.stream().findFirst().map(Schedule::zone).orElse(ZoneOffset.UTC),
        when.isEmpty() ? "no schedule" : when,
        task.timetable());
  }

  static Preview of(Schedule.Cron schedule) {
    String name = schedule.expression().toString();
    Timetable table = new Timetable(name, List.of(schedule), Timing.NONE);
    return new Preview(name, schedule.zone(), words(schedule), table);
  }

  private static String words(Schedule schedule) {
    if (schedule instanceof Schedule.FixedRate rate) {
      return "every " + rate.period();
    }
    return schedule instanceof Schedule.Once once ? "once at " + once.at() : schedule.toString();
  }

  /** Up to, and without, {@code until}. */
  record Span(Instant from, Instant until) {
    private long first() {
      return Math.floorDiv(from.getEpochSecond(), 60L);
    }

    int minutes() {
      return minute(until) + 1;
    }

    int minute(Instant at) {
      return Math.toIntExact(Math.floorDiv(at.getEpochSecond(), 60L) - first());
    }

    Instant at(int minute) {
      return Instant.ofEpochSecond((first() + minute) * 60);
    }
  }

  /** Counts, and the first few of each kind. */
  static final class Summary {
    int runs;
    int heldBack;
    int skipped;
    int oddTimes;
    final List<Forecast> next = new ArrayList<>();
    final List<Forecast> odd = new ArrayList<>();
    final List<Forecast> held = new ArrayList<>();

    private void add(Forecast entry) {
      if (entry.runs()) {
        runs++;
        keep(entry, next);
      } else if (entry.suppressed().isPresent()) {
        heldBack++;
        keep(entry, held);
      } else {
        skipped++;
      }
      if (entry.mark().kind() != DstMark.Kind.NONE) {
        oddTimes++;
        keep(entry, odd);
      }
    }

    private static void keep(Forecast entry, List<Forecast> first) {
      if (first.size() < SHOWN) {
        first.add(entry);
      }
    }
  }

  /** The next instants at which it runs, as far as eight years ahead. */
  List<Instant> next(Instant after, int count) {
    return timetable
        .forecast(after, after.plus(AHEAD))
        .filter(Forecast::runs)
        .limit(count)
        .map(Forecast::at)
        .toList();
  }

  /** Such as {@code next: Mon 2026-01-05 09:00 (Europe/Amsterdam)}. */
  String describeNext(Instant after, int count) {
    List<String> times =
        next(after, count).stream()
            .map(at -> PreviewText.DAY_AND_TIME.format(at.atZone(zone)))
            .toList();
    return times.isEmpty()
        ? "next: never"
        : "next: "
            + String.join(", ", times)
            + " ("
            + (zone.equals(ZoneOffset.UTC) ? "UTC" : zone)
            + ")";
  }

  Stream<Forecast> forecast(Span span) {
    return timetable.forecast(span.from().minusNanos(1), span.until().minusNanos(1));
  }

  Summary summary(Span span, Consumer<Forecast> also) {
    Summary summary = new Summary();
    forecast(span)
        .forEach(
            entry -> {
              summary.add(entry);
              also.accept(entry);
            });
    return summary;
  }

  /** The seconds of all that runs, in order. */
  long[] runs(Span span) {
    return forecast(span)
        .filter(Forecast::runs)
        .mapToLong(entry -> entry.at().getEpochSecond())
        .toArray();
  }
}
