package io.opsautomator.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.schedule.Calendar;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.schedule.Suppression;
import io.opsautomator.schedule.Timing;
import io.opsautomator.task.TaskFile.Parsed;
import io.opsautomator.task.TaskFile.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dates, jitter and calendars, as task files and builders have them, and as they are stored. */
final class TimingInFilesTest {
  private static final String HOLIDAYS =
      """
      BEGIN:VCALENDAR
      BEGIN:VEVENT
      SUMMARY:New Year
      DTSTART;VALUE=DATE:20260101
      RRULE:FREQ=YEARLY
      END:VEVENT
      END:VCALENDAR
      """;

  @TempDir private Path folder;

  private Parsed read(String... fields) throws IOException {
    StringBuilder file = new StringBuilder("tasks:\n- name: t\n  action: A\n");
    for (String field : fields) {
      file.append("  ").append(field).append('\n');
    }
    Path tasks = folder.resolve("tasks.yaml");
    Files.writeString(tasks, file);
    Files.createDirectories(folder.resolve("days"));
    Files.writeString(folder.resolve("days/holidays.ics"), HOLIDAYS);
    return TaskFile.read(tasks);
  }

  private Timing timing(String... fields) throws IOException {
    Parsed parsed = read(fields);
    assertThat(parsed.problems()).isEmpty();
    return parsed.tasks().get(0).task().when().timing();
  }

  private String problem(String... fields) throws IOException {
    Parsed parsed = read(fields);
    assertThat(parsed.problems()).hasSize(1);
    Problem problem = parsed.problems().get(0);
    return problem.line() + ": " + problem.field() + ": " + problem.message();
  }

  @Test
  void datesAreDaysOnTheClockOfTheTaskTheLastOneIncluded() throws IOException {
    Timing timing =
        timing(
            "interval: 0 9 * * *",
            "timezone: Europe/Amsterdam",
            "from: 2026-03-01",
            "until: 2026-03-31");

    assertThat(timing.from()).contains(Instant.parse("2026-02-28T23:00:00Z"));
    assertThat(timing.until()).contains(Instant.parse("2026-03-31T22:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-31T18:00, 2026-03-31T16:00:00Z",
    "2026-03-31 18:00, 2026-03-31T16:00:00Z",
    "2026-03-31T18:00:30Z, 2026-03-31T18:00:30Z",
    "2026-03-31T18:00:00+05:00, 2026-03-31T13:00:00Z"
  })
  void aTimeIsOnTheClockOfTheTaskUnlessItSaysWhere(String written, Instant meant)
      throws IOException {
    Timing timing =
        timing("interval: 0 9 * * *", "timezone: Europe/Amsterdam", "until: \"" + written + "\"");

    assertThat(timing.until()).contains(meant);
  }

  @Test
  void calendarsAreReadFromTheFolderOfTheFile() throws IOException {
    Timing timing =
        timing(
            "interval: 0 9 * * *",
            "jitter: 10m",
            "blackout: [days/holidays.ics]",
            "allow: days/holidays.ics");

    assertThat(timing.jitter()).isEqualTo(Duration.ofMinutes(10));
    assertThat(timing.suppressing(Instant.parse("2031-01-01T09:00:00Z")))
        .contains(new Suppression("days/holidays.ics", Optional.of("New Year")))
        .map(Suppression::inWords)
        .contains("inside 'New Year' of days/holidays.ics");
    assertThat(timing.suppressing(Instant.parse("2031-01-02T09:00:00Z")))
        .map(Suppression::inWords)
        .contains("outside all events of days/holidays.ics");
  }

  @Test
  void whatIsWrongWithACalendarIsToldWhereItIsNamed() throws IOException {
    Files.createDirectories(folder.resolve("days"));
    Files.writeString(folder.resolve("days/bad.ics"), "BEGIN:VCALENDAR\nEND:VEVENT\n");

    assertThat(problem("interval: 0 9 * * *", "blackout:", "- days/bad.ics"))
        .isEqualTo(
            "6: tasks[0].blackout: days/bad.ics:2: END:VEVENT does not end BEGIN:VCALENDAR of line"
                + " 1");
    assertThat(problem("interval: 0 9 * * *", "allow: days/other.ics"))
        .isEqualTo("5: tasks[0].allow: days/other.ics:1: there is no such file");
  }

  @ParameterizedTest
  @CsvSource({"../secret.ics", "/etc/passwd", "days/../../secret.ics"})
  void aTaskFileReadsNothingOutsideItsFolder(String name) throws IOException {
    assertThat(problem("interval: 0 9 * * *", "blackout: " + name))
        .endsWith("is not in the folder of the task file, nor below it; put it there");
  }

  @Test
  void contentWithoutAFolderNamesNoCalendars() {
    Parsed parsed =
        TaskFile.parse(
            "x.yaml", "tasks:\n- {name: t, action: A, interval: 0 9 * * *, blackout: a.ics}\n");

    assertThat(parsed.problems())
        .extracting(Problem::message)
        .containsExactly("a.ics:1: can only be read for tasks that come from a file themselves");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "from: tomorrow | 'tomorrow' is neither a date such as 2026-03-31, nor a date and time",
        "until: 2026-02-30 | '2026-02-30' is neither a date such as 2026-03-31",
        "jitter: a while | 'a while' is neither a whole number of minutes nor a duration",
        "jitter: PT0.5S | 'PT0.5S' is not at least one second, in whole seconds",
        "jitter: 24h | 'PT24H' is not less than PT24H, the least time between two firings",
      })
  void valuesAreChecked(String field, String problem) throws IOException {
    assertThat(problem("interval: 0 9 * * *", field)).contains(problem.trim());
  }

  @Test
  void anEndIsAfterItsBeginning() throws IOException {
    assertThat(problem("interval: 0 9 * * *", "from: 2026-02-01", "until: 2026-01-31"))
        .isEqualTo(
            "6: tasks[0].until: 2026-02-01T00:00:00Z is not after 'from', 2026-02-01T00:00:00Z");
  }

  @Test
  void whatIsAboutSchedulesNeedsOne() throws IOException {
    assertThat(problem("jitter: 5m"))
        .contains("tasks[0].interval: is missing: from, until, jitter, blackout and allow");
  }

  @Test
  void aTaskWhoseTimeIsOverIsSaidToBe() throws IOException {
    assertThat(warnings("interval: 0 9 * * *", "until: 2025-12-31"))
        .containsExactly("until: is over since 2026-01-01T00:00:00Z: it fires no more");
    assertThat(warnings("interval: 0 9 1 5 *", "until: 2026-04-30"))
        .containsExactly("until: is before the first firing: it never fires");
    assertThat(warnings("interval: 0 9 1 1 *", "blackout: days/holidays.ics"))
        .containsExactly(
            "blackout: keeps it from running for as far as was looked: inside 'New Year' of"
                + " days/holidays.ics");
    assertThat(warnings("interval: 0 9 * * *", "blackout: days/holidays.ics")).isEmpty();
  }

  private List<String> warnings(String... fields) throws IOException {
    Parsed parsed = read(fields);
    Instant now = Instant.parse("2026-01-05T00:00:00Z");
    Task task = parsed.tasks().get(0).task();
    return new TaskValidator(Actions.CATALOG)
        .validate(task, now).warnings().stream().map(v -> v.field() + ": " + v.problem()).toList();
  }

  @Test
  void itIsStoredWithTheTask() {
    Calendar days = CalendarFile.parse("days.ics", HOLIDAYS, ZoneId.of("Asia/Tokyo"));
    Task task =
        Task.named("t")
            .action("A")
            .on(Schedule.cron("0 9 * * *", "UTC"))
            .from(Instant.parse("2026-01-01T00:00:00Z"))
            .until(Instant.parse("2027-01-01T00:00:00Z"))
            .jitter(Duration.ofMinutes(5))
            .blackout(days)
            .allow(days)
            .build();
    String json = TaskCodec.write(task);

    assertThat(json).startsWith("{\"format\":4,");
    assertThat(TaskCodec.read(json)).isEqualTo(task);
    assertThat(TaskCodec.write(TaskCodec.read(json))).isEqualTo(json);
    assertThatThrownBy(() -> TaskCodec.read(json.replace("\"format\":4", "\"format\":3")))
        .hasMessageContaining("unknown field timing");
  }

  @Test
  void aStoredTaskFromBeforeThereWereDatesAndCalendarsHasNone() {
    Task task = Task.named("t").action("A").on(Schedule.cron("0 9 * * *", "UTC")).build();
    String json = TaskCodec.write(task);

    assertThat(json).startsWith("{\"format\":1,").doesNotContain("timing");
    assertThat(TaskCodec.read(json).when().timing()).isSameAs(Timing.NONE);
  }
}
