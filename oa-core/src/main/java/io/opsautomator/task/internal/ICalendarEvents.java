package io.opsautomator.task.internal;

import biweekly.ICalVersion;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.ParseWarning;
import biweekly.io.TimezoneAssignment;
import biweekly.io.TimezoneInfo;
import biweekly.io.text.ICalReader;
import biweekly.property.DateEnd;
import biweekly.property.DateStart;
import biweekly.property.DurationProperty;
import biweekly.property.RecurrenceRule;
import biweekly.property.ValuedProperty;
import biweekly.util.Frequency;
import biweekly.util.ICalDate;
import biweekly.util.com.google.ical.compat.javautil.DateIterator;
import io.opsautomator.schedule.Calendar;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;

/**
 * The events of an iCalendar text (RFC 5545), unrolled by the library biweekly. Only this class
 * touches the library, so that who has no calendars need not have it.
 *
 * <p>An event holds the instants from its start up to, and without, its end. One of whole days
 * begins at midnight in the calendar's zone, as do times that name no zone. An occurrence that
 * another event replaces by its RECURRENCE-ID, and an event that is CANCELLED, hold nothing.
 */
public final class ICalendarEvents implements Calendar.Occurrences {
  /** What an event may be at most, a year: more is a mistake, or meant to keep us busy. */
  private static final int MOST_PER_YEAR = 20_000;

  private static final Duration YEAR = Duration.ofDays(366);
  private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

  /** The zone is an IANA name without a definition in the file, which is how many files are. */
  private static final int ZONE_BY_NAME = 37;

  private static final int ZONE_UNKNOWN = 38;

  private final List<Recurring> events = new ArrayList<>();

  /**
   * One event, with all its occurrences.
   *
   * @param days how many it lasts if it is of whole days, else 0
   * @param lasts how long it lasts if it is not
   * @param replaced starts that other events stand for
   */
  private record Recurring(
      VEvent event,
      String name,
      TimeZone unrolledIn,
      Optional<ZoneId> days,
      Duration lasts,
      Set<Instant> replaced) {

    DateIterator from(Instant instant) {
      DateIterator dates = event.getDateIterator(unrolledIn);
      dates.advanceTo(Date.from(instant.minus(lasts).minus(Duration.ofDays(2))));
      return dates;
    }

    Calendar.Event occurrence(Instant start) {
      return days.map(
              zone ->
                  new Calendar.Event(
                      name, midnight(start, zone), midnight(start.plus(lasts), zone)))
          .orElseGet(() -> new Calendar.Event(name, start, start.plus(lasts)));
    }

    private static Instant midnight(Instant dateInUtc, ZoneId zone) {
      return dateInUtc.atZone(ZoneOffset.UTC).toLocalDate().atStartOfDay(zone).toInstant();
    }
  }

  private ICalendarEvents() {}

  /** A calendar of the lines that matter in a file. */
  public static Calendar calendar(String name, String file, ZoneId zone) throws SourceException {
    CalendarText text = CalendarText.of(file);
    return new Calendar(name, zone, text.text(), read(text, zone));
  }

  private static ICalendarEvents read(CalendarText text, ZoneId zone) throws SourceException {
    ICalReader reader = new ICalReader(text.forUnrolling(), ICalVersion.V2_0);
    reader.setDefaultTimezone(TimeZone.getTimeZone(zone));
    ICalendarEvents all = new ICalendarEvents();
    try (reader) {
      ICalendar calendar = reader.readNext();
      for (ParseWarning warning : reader.getWarnings()) {
        check(warning, text);
      }
      all.take(calendar, text, zone);
    } catch (IOException e) {
      throw new SourceException(1, 1, "cannot be read: " + e.getMessage(), e);
    }
    return all;
  }

  private static void check(ParseWarning warning, CalendarText text) throws SourceException {
    int code = Optional.ofNullable(warning.getCode()).orElse(0);
    if (code == ZONE_BY_NAME) {
      return;
    }
    int line = Optional.ofNullable(warning.getLineNumber()).map(text::lineInFile).orElse(1);
    String property = Optional.ofNullable(warning.getPropertyName()).map(p -> p + ": ").orElse("");
    String remedy =
        code == ZONE_UNKNOWN ? " Use the name of an IANA zone, such as Europe/Amsterdam." : "";
    throw new SourceException(line, 1, property + warning.getMessage() + remedy, null);
  }

  private void take(ICalendar calendar, CalendarText text, ZoneId zone) throws SourceException {
    Map<String, Set<Instant>> replaced = replaced(calendar);
    List<Boolean> allDay = text.allDay();
    for (int i = 0; i < calendar.getEvents().size(); i++) {
      VEvent event = calendar.getEvents().get(i);
      String name = name(event);
      boolean days = allDay.get(i);
      Recurring recurring =
          new Recurring(
              event,
              name,
              days ? TimeZone.getTimeZone("UTC") : zone(event, calendar.getTimezoneInfo(), zone),
              days ? Optional.of(zone) : Optional.empty(),
              lasts(event, days),
              isReplacement(event)
                  ? Set.of()
                  : replaced.getOrDefault(value(event.getUid()).orElse(""), Set.of()));
      check(recurring);
      if (value(event.getStatus()).filter("CANCELLED"::equalsIgnoreCase).isEmpty()) {
        events.add(recurring);
      }
    }
  }

  private static Map<String, Set<Instant>> replaced(ICalendar calendar) {
    Map<String, Set<Instant>> replaced = new HashMap<>();
    for (VEvent event : calendar.getEvents()) {
      Optional<Instant> start = value(event.getRecurrenceId()).map(ICalDate::toInstant);
      start.ifPresent(
          at ->
              replaced
                  .computeIfAbsent(value(event.getUid()).orElse(""), uid -> new HashSet<>())
                  .add(at));
    }
    return replaced;
  }

  private static boolean isReplacement(VEvent event) {
    return event.getRecurrenceId() != null;
  }

  private static String name(VEvent event) {
    return value(event.getSummary())
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .orElse("an event");
  }

  private static <T> Optional<T> value(
      @org.jspecify.annotations.Nullable ValuedProperty<T> property) {
    return Optional.ofNullable(property).map(given -> given.getValue());
  }

  private static TimeZone zone(VEvent event, TimezoneInfo zones, ZoneId otherwise) {
    TimezoneAssignment assigned = zones.getTimezone(event.getDateStart());
    if (assigned != null) {
      return assigned.getTimeZone();
    }
    return TimeZone.getTimeZone(
        zones.isFloating(event.getDateStart()) ? otherwise : ZoneOffset.UTC);
  }

  /** By its end, or its duration, else a day, if it is of days, else nothing. */
  private static Duration lasts(VEvent event, boolean days) throws SourceException {
    DateStart start = event.getDateStart();
    Optional<DateEnd> end = Optional.ofNullable(event.getDateEnd());
    Duration lasts = days ? Duration.ofDays(1) : Duration.ZERO;
    if (end.isPresent()) {
      lasts = Duration.between(instant(start), instant(end.get()));
    } else if (event.getDuration() != null) {
      DurationProperty duration = event.getDuration();
      lasts = Duration.ofMillis(duration.getValue().toMillis());
    }
    if (lasts.isNegative()) {
      throw wrong(name(event), "ends before it begins");
    }
    return lasts;
  }

  private static Instant instant(ValuedProperty<ICalDate> property) {
    return Instant.ofEpochMilli(property.getValue().getTime());
  }

  private static void check(Recurring recurring) throws SourceException {
    Optional<Frequency> frequency = Optional.empty();
    RecurrenceRule rule = recurring.event().getRecurrenceRule();
    if (rule != null) {
      frequency = value(rule).map(recurrence -> recurrence.getFrequency());
      if (frequency.isEmpty()) {
        throw wrong(recurring.name(), "recurs by a rule without a frequency");
      }
    }
    Instant start = instant(recurring.event().getDateStart());
    if (start.isBefore(EARLIEST)) {
      throw wrong(recurring.name(), "begins before 1900");
    }
    if (frequency.filter(f -> f.compareTo(Frequency.HOURLY) <= 0).isPresent()) {
      throw wrong(recurring.name(), "recurs within the day; write an event for each time of it");
    }
    DateIterator dates = recurring.from(start);
    for (int i = 0; dates.hasNext() && dates.next().toInstant().isBefore(start.plus(YEAR)); i++) {
      if (i == MOST_PER_YEAR) {
        throw wrong(recurring.name(), "recurs more than " + MOST_PER_YEAR + " times a year");
      }
    }
  }

  private static SourceException wrong(String event, String problem) {
    return new SourceException(1, 1, "the event '" + event + "' " + problem, null);
  }

  /** One thread at a time: zones that the file defines keep what they have computed. */
  @Override
  public synchronized List<Calendar.Event> between(Instant from, Instant to) {
    List<Calendar.Event> found = new ArrayList<>();
    Instant end = to.plus(Duration.ofDays(2));
    for (Recurring recurring : events) {
      DateIterator dates = recurring.from(from);
      while (dates.hasNext()) {
        Instant start = dates.next().toInstant();
        if (!start.isBefore(end)) {
          break;
        }
        if (!recurring.replaced().contains(start)) {
          Calendar.Event event = recurring.occurrence(start);
          if (event.start().isBefore(to) && event.end().isAfter(from)) {
            found.add(event);
          }
        }
      }
    }
    return found;
  }
}
