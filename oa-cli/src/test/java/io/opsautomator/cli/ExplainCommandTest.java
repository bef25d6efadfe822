package io.opsautomator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When it would fire; what it selects is told in tests that have an account. */
final class ExplainCommandTest {
  @TempDir Path folder;
  private String file;

  @BeforeEach
  void aTask() throws IOException {
    file =
        Files.writeString(
                folder.resolve("t.yaml"),
                """
                tasks:
                  - name: nightly
                    action: Ec2StopInstances
                    interval: 0 20 ? * mon-fri
                    timezone: Europe/Berlin
                """)
            .toString();
  }

  private CommandLineRun at(String time, String... more) {
    String[] all = {"explain", file, "--store", folder.resolve("s").toString(), "--at", time};
    return CommandLineRun.oa(
        java.util.stream.Stream.of(all, more)
            .flatMap(java.util.Arrays::stream)
            .toArray(String[]::new));
  }

  @Test
  void tellsWhyATaskDoesNotFireAtATime() {
    assertThat(at("2026-03-08T19:00:00Z").succeeds().out())
        .contains("nightly at 2026-03-08T19:00:00Z (Sun 2026-03-08 20:00 Europe/Berlin): not due")
        .contains("the weekday is sun, and the schedule wants mon-fri");
  }

  @Test
  void aTimeWithoutZoneIsOnTheClockOfTheTask() {
    assertThat(at("2026-03-09 20:00").succeeds().out())
        .contains("nightly at 2026-03-09T19:00:00Z", "will run");
  }

  @Test
  void aTimeThatTheClocksLeaveOutIsSaidToBeOne() throws IOException {
    Files.writeString(
        Path.of(file),
        """
        tasks:
          - name: nightly
            action: Ec2StopInstances
            interval: 30 2 ? * sun
            timezone: Europe/Amsterdam
        """);
    assertThat(at("2027-03-28T02:30").succeeds().out())
        .contains("2027-03-28T01:00:00Z (Sun 2027-03-28 03:00 Europe/Amsterdam): will run")
        .contains("there is no 02:30 on that day", "shifted from 02:30");
  }

  @Test
  void programsGetTheSame() {
    JsonNode verdict = Json.read(at("2026-03-08T20:00", "--json").succeeds().out()).get(0);
    assertThat(verdict.get("outcome").asText()).isEqualTo("not due");
    assertThat(verdict.get("reasons").get(0).asText()).contains("the weekday is sun");
  }

  @Test
  void aTimeThatIsNoneIsRefused() {
    assertThat(at("tomorrow").failsPlainly(2).err()).contains("--at is 'tomorrow'", "02:30");
  }

  @Test
  void somethingLikeAnArnIsRefusedBeforeAnythingIsCalled() {
    CommandLineRun run = CommandLineRun.oa("explain", file, "--resource", "arn:aws:ec2");
    assertThat(run.failsPlainly(2).err()).contains("six parts");
  }
}
