package io.opsautomator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsautomator.schedule.Calendar;
import io.opsautomator.task.CalendarFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** It is noon of 2 March 2026, UTC. */
final class PreviewCommandTest {
  private static final String HOLIDAYS =
      """
      BEGIN:VCALENDAR
      BEGIN:VEVENT
      SUMMARY:<b>Christmas & more</b>
      DTSTART;VALUE=DATE:20251225
      DTEND;VALUE=DATE:20251227
      RRULE:FREQ=YEARLY
      END:VEVENT
      END:VCALENDAR
      """;

  @TempDir private Path folder;

  private Path file(String name, String... tasks) throws IOException {
    Files.writeString(folder.resolve("holidays.ics"), HOLIDAYS);
    StringBuilder text = new StringBuilder("tasks:\n");
    for (String task : tasks) {
      text.append("- {").append(task).append(", action: Ec2StopInstances, tagFilter: Env=dev}\n");
    }
    return Files.writeString(folder.resolve(name), text);
  }

  private static String task(String name, String interval) {
    return "name: " + name + ", interval: '" + interval + "', regions: eu-west-1";
  }

  private static CommandLineRun preview(Object what, String... options) {
    String[] arguments = new String[options.length + 2];
    arguments[0] = "preview";
    arguments[1] = what.toString();
    System.arraycopy(options, 0, arguments, 2, options.length);
    return CommandLineRun.oa(arguments);
  }

  @Test
  void saysOfAnExpressionHowOftenItFiresAndWhatIsOdd() {
    CommandLineRun run = preview("30 2 * * *", "--zone", "Europe/Berlin").succeeds();

    assertThat(run.out())
        .startsWith("Mon 2026-03-02 to Tue 2027-03-02, 365 days\n\n30 2 * * *")
        .contains("  365 runs\n")
        .contains("  next: Tue 2026-03-03 02:30, Wed 2026-03-04 02:30, ")
        .contains("(Europe/Berlin)\n")
        .contains("  odd: Sun 2026-03-29 03:00  shifted from 02:30\n")
        .contains("  odd: Sun 2026-10-25 02:30  first of two 02:30\n");
  }

  @Test
  void saysOfTasksWhatCalendarsHoldBackAndWhereTasksMeet() throws IOException {
    Path file =
        file(
            "tasks.yaml",
            task("night", "0 20 * * *") + ", blackout: holidays.ics",
            task("evening", "0 20 * * fri"),
            task("other", "1 20 * * *") + ", enabled: no");

    CommandLineRun run = preview(file).succeeds();

    assertThat(run.out())
        .contains("night  0 20 * * * (UTC)\n  363 runs, 2 held back\n")
        .contains(
            "  held back: Fri 2026-12-25 20:00  inside '<b>Christmas & more</b>' of holidays.ics\n")
        .contains("Several tasks in the same minute:")
        .contains("  20:00      2    51  Fri 2026-03-06  night, evening\n")
        .doesNotContain("other");
  }

  @Test
  void jsonHasEveryFiringAndWhatIsOddAboutIt() throws IOException {
    Path file =
        file(
            "tasks.yaml",
            task("night", "30 2 * * *")
                + ", timezone: Europe/Berlin, blackout: holidays.ics, dst: {gap: skip}, jitter: 9m");

    JsonNode json = Json.read(preview(file, "--json").succeeds().out());
    List<JsonNode> firings =
        StreamSupport.stream(json.at("/tasks/0/firings").spliterator(), false).toList();

    assertThat(json.at("/tasks/0/runs").asInt()).isEqualTo(362);
    assertThat(firings).hasSize(365);
    assertThat(firings)
        .filteredOn(firing -> !firing.path("runs").asBoolean())
        .extracting(firing -> firing.path("clock").asText() + firing.path("event").asText())
        .containsExactly(
            "skipped: there is no 02:30", "<b>Christmas & more</b>", "<b>Christmas & more</b>");
    assertThat(firings)
        .allSatisfy(
            firing ->
                assertThat(Instant.parse(firing.path("begins").asText()))
                    .isAfterOrEqualTo(Instant.parse(firing.path("at").asText())));
  }

  @Test
  void theCalendarItWritesReadsBackWithEveryRun() throws IOException {
    String name = "a-name-that-is-long-enough-to-be-folded-since-lines-have-at-most-75-bytes";
    Path file = file("tasks.yaml", task(name, "0 20 * * *"));
    CommandLineRun run = preview(file, "--ics", "--days", "3").succeeds();
    Calendar calendar =
        CalendarFile.parse(
            "out.ics", run.out().replace("TRANSP", "DURATION:PT1M\nX"), ZoneOffset.UTC);

    assertThat(run.out().split("\r\n")).allMatch(line -> line.length() <= 75);
    for (String day : List.of("02", "03", "04")) {
      Optional<Calendar.Event> event = calendar.at(Instant.parse("2026-03-" + day + "T20:00:30Z"));
      assertThat(event.map(Calendar.Event::name)).contains(name);
    }
    assertThat(run.out().split("BEGIN:VEVENT")).hasSize(4);
  }

  @Test
  void thePageLoadsNothingAndEscapesWhatComesFromTasksAndCalendars() throws IOException {
    Path file =
        file(
            "tasks.yaml",
            task("night", "30 2 * * *") + ", timezone: Europe/Berlin, blackout: holidays.ics");
    Path page = folder.resolve("page.html");
    preview(file, "--html", page.toString()).succeeds();

    assertThat(Files.readString(page))
        .startsWith("<!doctype html>")
        .contains("inside &#39;&lt;b&gt;Christmas &amp; more&lt;/b&gt;&#39; of holidays.ics")
        .contains("title=\"Sun 29 Mar 2026: 1 run, 1 where clocks change\"")
        .contains("title=\"Fri 25 Dec 2026: 0 runs, 1 held back\"")
        .doesNotContain("<b>", "http", "url(", "<script", "src=");
  }

  @Test
  void theDifferenceIsWhatIsLostAddedAndMoved() throws IOException {
    Path old =
        file(
            "old.yaml",
            task("moved", "0 20 * * *"),
            task("same", "0 9 * * *"),
            task("gone", "0 9 3 3 *"));
    Path now =
        file(
            "new.yaml",
            task("moved", "30 20 * * *"),
            task("same", "0 9 * * *"),
            task("more", "0,30 9 3 3 *"));

    CommandLineRun run = preview(now, "--diff", old.toString(), "--days", "2").succeeds();

    assertThat(run.out())
        .isEqualTo(
            """
            moved
              moved 2: Mon 2026-03-02 20:00 -> Mon 2026-03-02 20:30,\
             Tue 2026-03-03 20:00 -> Tue 2026-03-03 20:30
            more
              added 2: Tue 2026-03-03 09:00, Tue 2026-03-03 09:30
            gone
              lost  1: Tue 2026-03-03 09:00
            """);
    assertThat(preview(now, "--diff", old.toString(), "--fail-on-lost").status()).isEqualTo(1);
    assertThat(preview(now, "--diff", now.toString(), "--fail-on-lost").succeeds().out())
        .isEqualTo("No run is added, lost or moved.\n");
    JsonNode json =
        Json.read(preview(now, "--diff", old.toString(), "--days", "2", "--json").succeeds().out());
    assertThat(json.at("/0/moved/0/to").asText()).isEqualTo("2026-03-02T20:30:00Z");
  }

  @Test
  void aSpanOfTimeIsFromOneDayToTheEndOfAnother() {
    CommandLineRun run =
        preview("0 9 * * *", "--from", "2026-06-01", "--until", "2026-06-30").succeeds();

    assertThat(run.out())
        .startsWith("Mon 2026-06-01 to Tue 2026-06-30, 30 days")
        .contains("30 runs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 25 * * *| --days=1 | hour 25 is not in 0-23",
        "0 9 * * *| --zone=Europe/Berln | \"Europe/Berln\" is no time zone",
        "0 9 * * *| --from=tomorrow | --from 'tomorrow' is neither a date",
        "0 9 * * *| --days=0 | is not a span of time of at most ten years",
        "0 9 * * *| --days=99999 | is not a span of time of at most ten years",
        "0 9 * * *| --task=x | --task and --diff are about task files",
        "none.yaml| --days=1 | there is no such file",
      })
  void whatIsWrongIsTold(String what, String option, String problem) {
    assertThat(preview(what, option.trim()).failsPlainly(2).err()).contains(problem.trim());
  }

  @Test
  void untilAndDaysAreOneThing() {
    assertThat(preview("@daily", "--until", "2026-06-30", "--days", "3").failsPlainly(2).err())
        .contains("--until and --days say the same; give one");
  }
}
