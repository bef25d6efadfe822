package io.opsautomator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoCommandTest {
  @TempDir Path folder;

  @Test
  void runsADayAndKeepsWhatHappened() {
    Path store = folder.resolve("demo");
    String where = store.toString();
    CommandLineRun run = CommandLineRun.oa("demo", "--days", "1", "--json", "--store", where);
    JsonNode tasks = Json.read(run.succeeds().out()).get("tasks");
    assertThat(tasks)
        .allSatisfy(
            task -> {
              assertThat(task.get("runs").asInt()).isEqualTo(1);
              assertThat(task.get("executions").asInt()).isPositive();
              assertThat(task.get("apiCalls").asInt()).isPositive();
              assertThat(task.get("peak").asInt()).isBetween(1, task.get("limit").asInt());
            });
    assertThat(store.resolve("audit.jsonl")).isNotEmptyFile();
    CommandLineRun history = CommandLineRun.oa("history", "--store", where).succeeds();
    assertThat(history.lines()).hasSize(5);
    assertThat(history.out()).contains("office-hours-stop", "nightly-snapshots", "retention");
    CommandLineRun.oa("validate", store.resolve("tasks.yaml").toString()).succeeds();
    assertThat(CommandLineRun.oa("demo", "--store", where).failsPlainly(2).err()).contains(where);
  }

  @Test
  void saysThatItsFailuresAreMeant() {
    String where = folder.resolve("short").toString();
    CommandLineRun run = CommandLineRun.oa("demo", "--days", "1", "--store", where);
    assertThat(run.succeeds().out())
        .contains("Failures are part of the show: 3 % of the calls are throttled.");
    assertThat(DemoWorld.troubleWithin(7)).contains("r5.large", "ap-southeast-2 of 222233334444");
  }

  @Test
  void aNumberOfDaysThatIsNoneIsBadInput() {
    assertThat(CommandLineRun.oa("demo", "--days", "0").failsPlainly(2).err()).contains("--days");
  }
}
