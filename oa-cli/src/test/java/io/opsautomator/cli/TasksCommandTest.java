package io.opsautomator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Territory;
import io.opsautomator.schedule.Schedule;
import io.opsautomator.sqlite.SqliteStore;
import io.opsautomator.store.StoredTask;
import io.opsautomator.store.StoredTask.Clock;
import io.opsautomator.store.StoredTask.State;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskCodec;
import io.opsautomator.task.TaskName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks of a store: listed, held and let go. */
final class TasksCommandTest {
  private static final Instant NEXT = Instant.parse("2099-01-01T12:00:00Z");

  @TempDir private Path folder;

  private static StoredTask stored(String name) {
    Task task = Task.named(name).action("Snapshots").on(Schedule.cron("0 12 * * *", "UTC")).build();
    return new StoredTask(
        task.name(),
        0,
        "first",
        State.ENABLED,
        TaskCodec.write(task),
        Clock.STOPPED.withNext(Optional.of(NEXT)));
  }

  @BeforeEach
  void store() {
    try (SqliteStore store = SqliteStore.open(folder)) {
      store.tasks().put(stored("nightly"), 0);
      store.tasks().put(stored("hourly"), 0);
    }
  }

  private CommandLineRun oa(String... arguments) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--store";
    all[arguments.length + 1] = folder.toString();
    return CommandLineRun.oa(all);
  }

  @Test
  void eachTaskIsListedWithItsStateAndItsNextFiring() {
    CommandLineRun listed = oa("tasks").succeeds();
    assertThat(listed.lines()).hasSize(3);
    assertThat(listed.lines().get(1)).startsWith("hourly").contains("enabled", "2099-", "none");
    assertThat(oa("tasks", "--json").succeeds().out())
        .contains("\"state\" : \"ENABLED\"", "\"next\" : \"2099-01-01T12:00:00Z\"");
  }

  @Test
  void aTaskWithAScheduleThatNobodyLooksAtIsSaidNotToBeWatched() {
    StoredTask stored = stored("onHand");
    try (SqliteStore store = SqliteStore.open(folder)) {
      store
          .tasks()
          .put(
              new StoredTask(
                  stored.name(), 0, "first", State.ENABLED, stored.definition(), Clock.STOPPED),
              0);
    }
    assertThat(oa("tasks").lines())
        .filteredOn(l -> l.startsWith("onHand"))
        .hasSize(1)
        .allMatch(line -> line.contains("not watched"));
    assertThat(oa("tasks").lines()).filteredOn(l -> l.contains("not watched")).hasSize(1);
  }

  @Test
  void aPausedTaskIsShownSoAndHasNoNextFiring() {
    assertThat(oa("pause", "nightly").succeeds().out()).isEqualTo("nightly is paused\n");
    assertThat(oa("tasks").lines().get(2)).startsWith("nightly").contains("paused");
    assertThat(oa("tasks").lines().get(2)).doesNotContain("2099");
    oa("pause", "nightly").failsPlainly(Failure.FAILED);

    assertThat(oa("resume", "nightly").succeeds().out()).isEqualTo("nightly goes on\n");
    assertThat(oa("tasks").lines().get(2)).contains("enabled");
    oa("resume", "nightly").failsPlainly(Failure.FAILED);
    assertThat(folder.resolve("audit.jsonl"))
        .content()
        .contains("\"change\":\"paused\"", "\"change\":\"resumed\"");
  }

  @Test
  void aTaskThatIsNotThereIsToldWithThoseThatAre() {
    CommandLineRun told = oa("pause", "nihgtly").failsPlainly(Failure.BAD_INPUT);
    assertThat(told.err()).contains("no task 'nihgtly'", "there are: hourly, nightly");
  }

  @Test
  void whoeverIsAtWorkOnTheStoreIsAskedToPause() throws IOException {
    Scope home = Scope.of("111122223333", "eu-west-1");
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    Surroundings world =
        new Surroundings(
            new BufferedReader(new StringReader("")),
            nowhere,
            nowhere,
            Surroundings.Terminals.NONE,
            Map.of(),
            InstantSource.system());
    try (SqliteStore store = SqliteStore.open(folder);
        OpsAutomator engine =
            OpsAutomator.builder()
                .withoutDiscovery()
                .territory(Territory.of(home, Set.of(home.region())))
                .store(store)
                .build();
        Inbox inbox = Inbox.open(folder, engine, new Progress(world))) {
      assertThat(oa("pause", "hourly").succeeds().out()).as("%s", inbox).contains("at work on");
      assertThat(engine.paused(new TaskName("hourly"))).isTrue();
    }
  }
}
