package io.opsautomator.cli;

import io.opsautomator.schedule.Forecast;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many tasks fire in the same minute. Whether they touch the same resources is not known. */
final class Collisions {
  private static final int NAMED = 5;

  private final Preview.Span span;
  private final int[] tasks;
  private final int[] last;

  /** {@code tasks[minute]} counts each task once, however often it fires in that minute. */
  Collisions(Preview.Span span) {
    this.span = span;
    this.tasks = new int[span.minutes()];
    this.last = new int[tasks.length];
  }

  /**
   * One time of the day at which tasks meet.
   *
   * @param tasks the most that do
   * @param at the first time that so many do
   * @param days on how many days any do
   */
  record Meeting(LocalTime time, int tasks, Instant at, int days, List<String> names) {
    private Meeting with(int more, Instant when) {
      boolean most = more > tasks;
      return new Meeting(time, most ? more : tasks, most ? when : at, days + 1, names);
    }

    private Meeting of(List<String> known) {
      return new Meeting(time, tasks, at, days, known);
    }
  }

  /**
   * @param task its number, from 1
   */
  void add(int task, Forecast entry) {
    if (entry.runs()) {
      int minute = span.minute(entry.at());
      if (last[minute] != task) {
        last[minute] = task;
        tasks[minute]++;
      }
    }
  }

  /** The times at which most tasks meet, most first. */
  List<Meeting> worst(List<Preview> previews, int limit) {
    Map<LocalTime, Meeting> byTime = new TreeMap<>();
    for (int minute = 0; minute < tasks.length; minute++) {
      if (tasks[minute] > 1) {
        Instant at = span.at(minute);
        LocalTime time = at.atOffset(ZoneOffset.UTC).toLocalTime();
        Meeting known = byTime.getOrDefault(time, new Meeting(time, 0, at, 0, List.of()));
        byTime.put(time, known.with(tasks[minute], at));
      }
    }
    return byTime.values().stream()
        .sorted(Comparator.comparingInt(Meeting::tasks).reversed().thenComparing(Meeting::time))
        .limit(limit)
        .map(meeting -> meeting.of(who(meeting.at(), previews)))
        .toList();
  }

  private static List<String> who(Instant at, List<Preview> previews) {
    List<String> names = new ArrayList<>();
    for (Preview preview : previews) {
      boolean fires =
          preview
              .timetable()
              .forecast(at.minusNanos(1), at.plusSeconds(59))
              .anyMatch(Forecast::runs);
      if (fires && names.size() < NAMED) {
        names.add(preview.name());
      }
    }
    return names;
  }
}
