package io.opsautomator.schedule;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Renders firings for people. */
final class ScheduleWords {
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm", Locale.ENGLISH);

  private ScheduleWords() {}

  static String next(Schedule schedule, Instant after, int count) {
    List<String> firings =
        Stream.iterate(schedule.nextAfter(after), t -> t.flatMap(schedule::nextAfter))
            .takeWhile(Optional::isPresent)
            .limit(count)
            .map(t -> DAY_AND_TIME.format(t.orElseThrow().atZone(schedule.zone())))
            .toList();
    return firings.isEmpty()
        ? "next: never"
        : "next: " + String.join(", ", firings) + " (" + name(schedule) + ")";
  }

  private static String name(Schedule schedule) {
    String id = schedule.zone().getId();
    return id.equals("Z") ? "UTC" : id;
  }
}
