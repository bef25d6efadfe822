package io.opsautomator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportCommandTest {
  private static final Since SINCE =
      new Since(Instant.parse("2026-03-29T12:00:00Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  @Test
  void theDemoWritesAPageAndItCanBeWrittenAgainOfOneTask() throws Exception {
    Path store = folder.resolve("demo");
    String where = store.toString();
    CommandLineRun demo = CommandLineRun.oa("demo", "--days", "1", "--store", where).succeeds();
    assertThat(demo.out()).contains("Report ", "report.html");
    assertThat(Files.readString(store.resolve("report.html")))
        .contains("<!DOCTYPE html>", "nightly-snapshots", "office-hours-stop", "Europe/Berlin");

    Path out = folder.resolve("one.html");
    List<String> asked =
        List.of(
            "report",
            "--store",
            where,
            "--task",
            "retention",
            "--since",
            "2026-03-01",
            "--out",
            out.toString());
    CommandLineRun one = CommandLineRun.oa(asked.toArray(String[]::new)).succeeds();
    assertThat(one.out()).contains("1 run and ");
    assertThat(Files.readString(out)).contains("retention").doesNotContain("nightly-snapshots");

    String nowhere = folder.resolve("none").resolve("x.html").toString();
    assertThat(
            CommandLineRun.oa("report", "--store", where, "--out", nowhere).failsPlainly(2).err())
        .contains(nowhere, "--out");
    assertThat(
            CommandLineRun.oa("report", "--store", where, "--timezone", "Mars")
                .failsPlainly(2)
                .err())
        .contains("Mars", "Europe/Berlin");
  }

  @Test
  void withoutAStoreThereIsNothingToReport() {
    String nowhere = folder.resolve("nowhere").toString();
    assertThat(CommandLineRun.oa("report", "--store", nowhere).failsPlainly(2).err())
        .contains(nowhere);
  }

  @Test
  void sinceIsALengthOrADate() {
    assertThat(SINCE.read("36h")).isEqualTo("2026-03-28T00:00:00Z");
    assertThat(SINCE.read("7d")).isEqualTo("2026-03-22T12:00:00Z");
    assertThat(SINCE.read("90m")).isEqualTo("2026-03-29T10:30:00Z");
    assertThat(SINCE.read("2026-03-23")).isEqualTo("2026-03-23T00:00:00Z");
    assertThat(SINCE.read("2026-03-23T18:00")).isEqualTo("2026-03-23T18:00:00Z");
    assertThat(SINCE.read("2026-03-23T18:00:00Z")).isEqualTo("2026-03-23T18:00:00Z");
  }

  @Test
  void whatIsNeitherIsToldWithAnExample() {
    for (String text :
        List.of("", "yesterday", "7 days", "999999999999999999999d", "-", "d", "-3d")) {
      assertThatThrownBy(() -> SINCE.read(text))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("'" + text + "'")
          .hasMessageContaining("2026-03-29");
    }
  }
}
