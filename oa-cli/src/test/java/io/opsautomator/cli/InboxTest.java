package io.opsautomator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.OpsAutomator;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Territory;
import io.opsautomator.store.InMemoryStore;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests to a process that is at work; that one that is granted is, see the emulator's test. */
final class InboxTest {
  private static final RunId NONE = new RunId("aaaaaaaaaaaaaaaaaaaaaaaaaa");

  @TempDir Path store;

  private static OpsAutomator engine() {
    Scope home = Scope.of("111122223333", "eu-west-1");
    return OpsAutomator.builder()
        .withoutDiscovery()
        .territory(Territory.of(home, Set.of(home.region())))
        .store(new InMemoryStore())
        .build();
  }

  private static Progress progress() {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    return new Progress(
        new Surroundings(
            new BufferedReader(new StringReader("")),
            nowhere,
            nowhere,
            Surroundings.Terminals.NONE,
            Map.of(),
            InstantSource.system()));
  }

  @Test
  void whoeverAsksIsToldWhyItIsRefused() throws IOException {
    try (OpsAutomator engine = engine();
        Inbox inbox = Inbox.open(store, engine, progress())) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> Inbox.ask(store, new Request.Approve(NONE)))
            .as("%s", inbox)
            .isInstanceOf(Failure.class)
            .hasMessageContaining(NONE.value());
      }
    }
    assertThat(store.resolve("requests")).isEmptyDirectory();
  }

  @Test
  void whatLiesThereWhenWorkBeginsIsThrownAwayUnread() throws IOException {
    Path requests = Files.createDirectories(store.resolve("requests"));
    Files.writeString(requests.resolve("old.request"), new Request.Approve(NONE).json());
    try (OpsAutomator engine = engine();
        Inbox inbox = Inbox.open(store, engine, progress())) {
      assertThat(requests).as("%s", inbox).isEmptyDirectory();
    }
  }

  @Test
  void aRequestReadsBackAndNothingElseIsOne() {
    Request approve = new Request.Approve(NONE);
    Request redrive = new Request.Redrive(NONE, Set.of(new ExecutionId("b".repeat(26))));
    assertThat(Request.read(approve.json())).isEqualTo(approve);
    assertThat(Request.read(redrive.json())).isEqualTo(redrive);
    for (boolean whole : new boolean[] {true, false}) {
      Optional<ExecutionId> part =
          whole ? Optional.empty() : Optional.of(new ExecutionId("b".repeat(26)));
      Request cancel = new Request.Cancel(NONE, part, "a \"reason\"\nof two lines", whole);
      assertThat(Request.read(cancel.json())).isEqualTo(cancel);
    }
    for (boolean pause : new boolean[] {true, false}) {
      Request hold = new Request.Hold(new TaskName("a task"), pause);
      assertThat(Request.read(hold.json())).isEqualTo(hold);
    }
    assertThatThrownBy(() -> Request.read("{\"forget\":\"x\"}"))
        .hasMessageContaining("not a request");
    assertThatThrownBy(() -> Request.read("{")).hasMessageContaining("not JSON");
  }
}
