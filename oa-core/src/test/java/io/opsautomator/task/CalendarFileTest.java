package io.opsautomator.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.schedule.Calendar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What events of iCalendar files hold. */
final class CalendarFileTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static Calendar events(String... lines) {
    List<String> event = Stream.of(lines).toList();
    return calendar("BEGIN:VEVENT\n" + String.join("\n", event) + "\nEND:VEVENT\n");
  }

  private static Calendar calendar(String content) {
    String text = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n" + content + "END:VCALENDAR\n";
    return CalendarFile.parse("days.ics", text, BERLIN);
  }

  private static Optional<String> at(Calendar calendar, String instant) {
    return calendar.at(Instant.parse(instant)).map(Calendar.Event::name);
  }

  @Test
  void aWholeDayIsFromMidnightToMidnightInTheZoneOfTheTask() {
    Calendar days = events("SUMMARY:Unity", "DTSTART;VALUE=DATE:20261003");

    assertThat(at(days, "2026-10-02T21:59:59Z")).isEmpty();
    assertThat(at(days, "2026-10-02T22:00:00Z")).contains("Unity");
    assertThat(at(days, "2026-10-03T21:59:59Z")).contains("Unity");
    assertThat(at(days, "2026-10-03T22:00:00Z")).isEmpty();
  }

  @Test
  void aDayWhoseClocksChangeIsAsLongAsItIs() {
    Calendar days = events("DTSTART;VALUE=DATE:20260329", "RRULE:FREQ=WEEKLY;COUNT=31");

    assertThat(days.at(Instant.parse("2026-03-29T12:00:00Z")))
        .contains(
            new Calendar.Event(
                "an event",
                Instant.parse("2026-03-28T23:00:00Z"),
                Instant.parse("2026-03-29T22:00:00Z")));
    assertThat(days.at(Instant.parse("2026-10-25T12:00:00Z")))
        .contains(
            new Calendar.Event(
                "an event",
                Instant.parse("2026-10-24T22:00:00Z"),
                Instant.parse("2026-10-25T23:00:00Z")));
    assertThat(at(days, "2026-11-01T12:00:00Z")).isEmpty();
  }

  @Test
  void severalDaysEndBeforeTheirLastDate() {
    Calendar days = events("DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261227");

    assertThat(at(days, "2026-12-26T22:59:00Z")).isPresent();
    assertThat(at(days, "2026-12-26T23:00:00Z")).isEmpty();
  }

  @Test
  void whatRecursKeepsToTheClockOfItsZoneWithoutEnd() {
    Calendar days =
        events(
            "SUMMARY:Window",
            "DTSTART;TZID=America/New_York:20260106T220000",
            "DTEND;TZID=America/New_York:20260107T020000",
            "RRULE:FREQ=WEEKLY",
            "EXDATE;TZID=America/New_York:20260113T220000");

    assertThat(at(days, "2026-01-07T03:00:00Z")).contains("Window");
    assertThat(at(days, "2026-01-14T03:00:00Z")).isEmpty();
    assertThat(at(days, "2026-07-08T02:00:00Z")).contains("Window");
    assertThat(at(days, "2026-07-08T06:00:00Z")).isEmpty();
    assertThat(at(days, "2051-07-05T02:00:00Z")).contains("Window");
  }

  @Test
  void recurringDaysEndWithTheDayUntilWhichTheyRecurAndLeaveOutExceptions() {
    Calendar days =
        events(
            "DTSTART;VALUE=DATE:20260101",
            "RRULE:FREQ=DAILY;UNTIL=20260105",
            "EXDATE;VALUE=DATE:20260103");

    assertThat(at(days, "2026-01-02T12:00:00Z")).isPresent();
    assertThat(at(days, "2026-01-03T12:00:00Z")).isEmpty();
    assertThat(at(days, "2026-01-05T12:00:00Z")).isPresent();
    assertThat(at(days, "2026-01-06T12:00:00Z")).isEmpty();
  }

  @Test
  void anOccurrenceThatWasMovedIsWhereItWasMovedTo() {
    String event = "BEGIN:VEVENT\nUID:1\nSUMMARY:%s\nDURATION:PT1H\n%s\nEND:VEVENT\n";
    Calendar days =
        calendar(
            event.formatted("weekly", "DTSTART:20260105T100000Z\nRRULE:FREQ=WEEKLY")
                + event.formatted(
                    "moved", "DTSTART:20260112T150000Z\nRECURRENCE-ID:20260112T100000Z"));

    assertThat(at(days, "2026-01-05T10:30:00Z")).contains("weekly");
    assertThat(at(days, "2026-01-12T10:30:00Z")).isEmpty();
    assertThat(at(days, "2026-01-12T15:30:00Z")).contains("moved");
    assertThat(at(days, "2026-01-19T10:30:00Z")).contains("weekly");
  }

  @Test
  void aZoneMayBeDefinedInTheFile() {
    Calendar days =
        calendar(
            """
            BEGIN:VTIMEZONE
            TZID:Our time
            BEGIN:STANDARD
            DTSTART:19701025T030000
            TZOFFSETFROM:+0200
            TZOFFSETTO:+0100
            RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
            END:STANDARD
            BEGIN:DAYLIGHT
            DTSTART:19700329T020000
            TZOFFSETFROM:+0100
            TZOFFSETTO:+0200
            RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
            END:DAYLIGHT
            END:VTIMEZONE
            BEGIN:VEVENT
            SUMMARY:Lunch
            DTSTART;TZID=Our time:20260107T120000
            DTEND;TZID=Our time:20260107T130000
            RRULE:FREQ=DAILY
            END:VEVENT
            """);

    assertThat(at(days, "2026-01-07T11:30:00Z")).contains("Lunch");
    assertThat(at(days, "2026-07-07T10:30:00Z")).contains("Lunch");
    assertThat(at(days, "2026-07-07T11:30:00Z")).isEmpty();
  }

  @Test
  void ofSeveralEventsAtOnceTheOneThatEndsLastIsNamed() {
    String event = "BEGIN:VEVENT\nSUMMARY:%s\nDTSTART:20260105T%s0000Z\nDURATION:%s\nEND:VEVENT\n";
    Calendar days =
        calendar(event.formatted("long", "08", "PT9H") + event.formatted("short", "10", "PT1H"));

    assertThat(at(days, "2026-01-05T10:30:00Z")).contains("long");
    assertThat(at(days, "2026-01-05T16:59:00Z")).contains("long");
  }

  @Test
  void theZoneOfTheMachineHasNoPartInIt() {
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Apia"));
      aWholeDayIsFromMidnightToMidnightInTheZoneOfTheTask();
      aDayWhoseClocksChangeIsAsLongAsItIs();
      recurringDaysEndWithTheDayUntilWhichTheyRecurAndLeaveOutExceptions();
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void whatIsCancelledHoldsNothing() {
    assertThat(
            at(events("DTSTART;VALUE=DATE:20260101", "STATUS:CANCELLED"), "2026-01-01T12:00:00Z"))
        .isEmpty();
  }

  @Test
  void onlyWhatSaysWhenAndWhatIsKeptAndItReadsBackToAnEqualCalendar() {
    Calendar days =
        events(
            "DTSTAMP:20200101T000000Z",
            "SUMMARY:A very",
            "  long name",
            "DESCRIPTION:secret",
            "ATTENDEE:mailto:someone@example.com",
            "DTSTART;VALUE=DATE:20260101",
            "BEGIN:VALARM",
            "TRIGGER:-PT15M",
            "END:VALARM");

    assertThat(days.source())
        .isEqualTo(
            """
            BEGIN:VCALENDAR
            VERSION:2.0
            BEGIN:VEVENT
            SUMMARY:A very long name
            DTSTART;VALUE=DATE:20260101
            END:VEVENT
            END:VCALENDAR
            """);
    assertThat(CalendarFile.parse(days.name(), days.source(), days.zone())).isEqualTo(days);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "DTSTART:2026 | days.ics:6: DTSTART: Could not parse date-time value.",
        "SUMMARY:x | days.ics:4: an event has no DTSTART",
        "DTSTART;TZID=Nowhere:20260101T000000 | days.ics:1: No VTIMEZONE component exists",
        "DTSTART:20260101T000000Z~DTEND:20250101T000000Z | 'It' ends before it begins",
        "DTSTART:20260101T000000Z~RRULE:FREQ=MINUTELY | 'It' recurs within the day",
        "DTSTART:00010101T000000Z~RRULE:FREQ=DAILY | 'It' begins before 1900",
        "DTSTART:20260101T000000Z~RRULE:FREQ=SOMETIMES | RRULE: Invalid FREQ value",
        "DTSTART:20260101T000000Z~RRULE:FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1,2,3,4,5,6,7,8,9,10,11,"
            + "12,13,14,15,16,17,18,19,20 | 'It' recurs more than 20000 times a year",
        "DTSTART:20260101T000000Z~END:VTODO | days.ics:7: END:VTODO does not end BEGIN:VEVENT",
        "DTSTART:20260101T000000Z~BEGIN:VALARM | days.ics:8: END:VEVENT does not end BEGIN:VALARM",
      })
  void whatIsWrongIsToldWithItsPlace(String lines, String problem) {
    assertThatThrownBy(() -> events(("SUMMARY:It~" + lines.trim()).split("~")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem.trim());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\" | days.ics:1: is empty",
        "root:x:0:0: | days.ics:1: is not an iCalendar file: that begins with BEGIN:VCALENDAR",
        "BEGIN:VCALENDAR | days.ics:1: BEGIN:VCALENDAR is never ended; is the file cut off?",
      })
  void whatIsNoCalendarIsNotQuoted(String content, String problem) {
    assertThatThrownBy(() -> CalendarFile.parse("days.ics", content, BERLIN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(problem.trim());
  }

  @Test
  void aCalendarThatWouldMakeItsTaskTooLargeIsRefused() {
    assertThatThrownBy(() -> events("DTSTART;VALUE=DATE:20260101", "SUMMARY:" + "x".repeat(70_000)))
        .hasMessageContaining("characters of events; 65536 can be stored with a task");
  }

  @Test
  void aFileThatIsNotThereIsNamed(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("a.ics"), "BEGIN:VCALENDAR\nEND:VCALENDAR\n");

    assertThat(CalendarFile.read(folder.resolve("a.ics"), BERLIN).name()).isEqualTo("a.ics");
    assertThatThrownBy(() -> CalendarFile.read(folder.resolve("b.ics"), BERLIN))
        .hasMessageEndingWith("b.ics:1: there is no such file");
  }
}
