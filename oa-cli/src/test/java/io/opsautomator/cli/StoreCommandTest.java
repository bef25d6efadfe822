package io.opsautomator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsautomator.cli.Surroundings.Terminals;
import io.opsautomator.sqlite.SqliteStore;
import io.opsautomator.store.BatchId;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Executions.Claim;
import io.opsautomator.store.Run;
import io.opsautomator.store.Selections.Claimant;
import io.opsautomator.store.StoredTask;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskCodec;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.Trigger;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store from the outside. */
final class StoreCommandTest {
  private static final Instant NOW = CommandLineRun.NOW;
  private static final Terminals SOMEBODY = new Terminals(true, false, true);

  @TempDir private Path parent;

  private CommandLineRun oa(String... arguments) {
    return on(Terminals.NONE, "", arguments);
  }

  private CommandLineRun on(Terminals terminals, String input, String... arguments) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 3);
    all[arguments.length] = "--store";
    all[arguments.length + 1] = folder().toString();
    all[arguments.length + 2] = "--debug";
    return CommandLineRun.run(input, terminals, Map.of("NO_COLOR", "1"), all);
  }

  private Path folder() {
    return parent.resolve("store");
  }

  private static Task task(String action) {
    return Task.named("nightly").action(action).with("Key", "s3cr3t \"words\"").build();
  }

  /** A run that ended so many days ago, or is open when that is 0. */
  private static Run run(int days) {
    Instant at = NOW.minus(Duration.ofDays(days + 1));
    Trigger trigger = new Trigger.Firing(at);
    TaskName name = new TaskName("nightly");
    Run.Cause cause =
        new Run.Cause(1, TaskCodec.write(task("NotInstalled")), trigger, at, Run.Missed.NONE);
    Run.Summary summary = Run.Summary.of("s3cr3t \"words\" was refused");
    Run.State state = days == 0 ? Run.State.DISPATCHING : Run.State.FAILED;
    return new Run(
        RunId.of(name, "first", trigger),
        name,
        cause,
        state,
        at,
        days == 0 ? summary : summary.endedAt(NOW.minus(Duration.ofDays(days))),
        Run.Drive.FIRST);
  }

  private static Execution execution(Run run) {
    Execution.Origin origin =
        new Execution.Origin(
            run.id(),
            new BatchId("*", 0),
            0,
            false,
            Optional.empty(),
            Optional.empty(),
            "{\"key\":\"i-1\"}");
    return Execution.fresh(ExecutionId.of(run.id(), "i-1"), origin);
  }

  private void store(int... days) {
    try (SqliteStore store = SqliteStore.open(folder())) {
      store
          .tasks()
          .put(
              new StoredTask(
                  new TaskName("nightly"),
                  0,
                  "first",
                  StoredTask.State.ENABLED,
                  TaskCodec.write(task("NotInstalled")),
                  StoredTask.Clock.STOPPED),
              0);
      for (int each : days) {
        store.runs().insert(run(each));
      }
    }
  }

  @Test
  void withoutAStoreThereIsNothingToLookAfter() {
    for (String[] command :
        List.of(
            new String[] {"store", "check"},
            new String[] {"store", "export"},
            new String[] {"store", "purge", "--older-than", "1d", "--yes"})) {
      CommandLineRun run = oa(command);
      assertThat(run.status()).isEqualTo(2);
      assertThat(run.err()).contains("there is no store in " + folder(), "--store");
    }
    assertThat(folder()).doesNotExist();
    assertThat(CommandLineRun.oa("store").failsPlainly(2).err())
        .contains("'check', 'export' or 'purge'");
  }

  // -- Check --------------------------------------------------------------------------------------

  @Test
  void aWholeStoreIsSaidToBe() {
    store(1, 2);
    CommandLineRun run = oa("store", "check").succeeds();
    assertThat(run.lines()).contains("Schema  2", "All is well.");
    assertThat(run.out()).containsPattern("run +2\n").containsPattern("task +1\n");
    JsonNode json = Json.read(oa("store", "check", "--json").succeeds().out());
    assertThat(json.path("items").path("run").asInt()).isEqualTo(2);
    assertThat(json.path("faults")).isEmpty();
  }

  @Test
  void whatAStoppedEngineHasLeftOverIsNoReasonToWorry() {
    store(0);
    Execution fresh = execution(run(0));
    try (SqliteStore store = SqliteStore.open(folder())) {
      store.executions().create(List.of(fresh));
      Instant before = NOW.minusSeconds(600);
      Claimant by = new Claimant("w", NOW.minusSeconds(300), before);
      store.executions().claim(new Claim(fresh.id(), 0, Optional.empty(), before, by));
    }
    assertThat(oa("store", "check").succeeds().out())
        .contains("execution " + fresh.id().value() + " is RUNNING, but its worker is gone since")
        .contains("the next 'oa run' on this store goes on");
  }

  @Test
  void anUnfinishedExecutionOfARunThatHasEndedIsStray() {
    store(1);
    Execution fresh = execution(run(1));
    try (SqliteStore store = SqliteStore.open(folder())) {
      store.executions().create(List.of(fresh));
    }
    CommandLineRun run = oa("store", "check");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains("execution " + fresh.id().value() + " is READY, but its run")
        .contains("is FAILED")
        .contains("please report it");
  }

  @Test
  void damageIsNamedWithWhatToDo() throws IOException {
    store(1, 2);
    flip("NotInstalled", "NotInstalles");
    CommandLineRun run = oa("store", "check");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("does not fit its checksum", "put a backup in place");
    CommandLineRun export = oa("store", "export");
    assertThat(export.status()).isEqualTo(1);
    assertThat(export.out()).contains("\"damaged\":true").doesNotContain("s3cr3t");
    assertThat(export.err()).contains("items are damaged; 'oa store check' names them");
  }

  @Test
  void aStoreThatCannotBeOpenedIsToldOf() throws IOException {
    store(1);
    Files.write(folder().resolve("store.db"), new byte[0]);
    CommandLineRun run = CommandLineRun.oa("store", "check", "--store", folder().toString());
    assertThat(run.failsPlainly(1).err()).contains("is empty, though there was a store");
    Files.writeString(folder().resolve("store.db"), "no database ".repeat(1000));
    CommandLineRun other = CommandLineRun.oa("store", "check", "--store", folder().toString());
    assertThat(other.failsPlainly(1).err())
        .contains("is not an SQLite database, or damaged", "restore a backup");
  }

  /** In every place where it is. */
  private void flip(String what, String with) throws IOException {
    Path file = folder().resolve("store.db");
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertThat(bytes).contains(what);
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(bytes.replace(what, with).getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  // -- Export -------------------------------------------------------------------------------------

  @Test
  void everythingIsExportedAndSecretsAreNot() {
    store(1, 2);
    CommandLineRun run = oa("store", "export").succeeds();
    assertThat(run.out()).doesNotContain("s3cr3t");
    List<JsonNode> lines = run.lines().stream().map(Json::read).toList();
    assertThat(lines)
        .extracting(line -> line.path("kind").asText())
        .containsExactly("task", "run", "run");
    JsonNode task = lines.get(0);
    assertThat(task.path("key").path("name").asText()).isEqualTo("nightly");
    assertThat(task.path("item").path("definition").path("parameters").path("Key").asText())
        .isEqualTo("****");
    assertThat(lines.get(1).path("item").path("summary").path("reason").asText())
        .isEqualTo("**** was refused");
    assertThat(oa("store", "export").out()).isEqualTo(run.out());
  }

  // -- Purge --------------------------------------------------------------------------------------

  @Test
  void oldRunsAreForgottenOnceSomebodySaysYes() {
    store(0, 1, 29, 31, 60);
    CommandLineRun no = on(SOMEBODY, "\n", "store", "purge", "--older-than", "30d");
    assertThat(no.status()).isEqualTo(1);
    assertThat(no.err()).contains("2 runs ended before 2026-01-31T12:00:00Z", "nothing was done");
    assertThat(on(SOMEBODY, "y\n", "store", "purge", "--older-than", "30d").succeeds().out())
        .isEqualTo("2 runs forgotten, that ended before 2026-01-31T12:00:00Z\n");
    assertThat(oa("store", "purge", "--older-than", "4w", "--yes").succeeds().out())
        .startsWith("1 run forgotten");
    try (SqliteStore store = SqliteStore.readOnly(folder())) {
      assertThat(store.runs().history(Optional.empty(), 10)).hasSize(2);
    }
  }

  @Test
  void whatWouldForgetTooMuchByMistakeIsRefused() {
    store(60);
    assertThat(oa("store", "purge", "--older-than", "30d").err()).contains("say --yes");
    for (String age : List.of("30", "d", "0d", "-1d", "30 d", "1y", "9999999d")) {
      CommandLineRun run = oa("store", "purge", "--yes", "--older-than=" + age);
      assertThat(run.status()).isEqualTo(2);
      assertThat(run.err()).contains("'" + age + "'", "12h, 30d, 8w");
    }
    assertThat(oa("store", "purge", "--yes").err()).contains("--older-than");
    try (SqliteStore held = SqliteStore.open(folder())) {
      CommandLineRun run = oa("store", "purge", "--yes", "--older-than", "1d");
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err()).contains("is open in this process already");
      assertThat(held.runs().history(Optional.empty(), 10)).hasSize(1);
    }
  }
}
