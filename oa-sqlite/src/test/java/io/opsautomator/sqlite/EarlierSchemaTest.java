package io.opsautomator.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.resource.Scope;
import io.opsautomator.store.Batch;
import io.opsautomator.store.BatchId;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Origin;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Executions.Claim;
import io.opsautomator.store.Executions.Move;
import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Gates.HandOver;
import io.opsautomator.store.Grant;
import io.opsautomator.store.JournalEntry;
import io.opsautomator.store.Page;
import io.opsautomator.store.Run;
import io.opsautomator.store.Selections.Claimant;
import io.opsautomator.store.Selections.Ends;
import io.opsautomator.store.Slice;
import io.opsautomator.store.StoreException;
import io.opsautomator.store.StoredTask;
import io.opsautomator.store.Ticket;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.Trigger;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file that the program of schema 1 made, {@code schema-1.db}: one open run with six executions,
 * of which one runs, one was granted a slot, two are queued, one has failed and one is ready; a run
 * that waits for it, and one that has ended.
 */
final class EarlierSchemaTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Scope SCOPE = Scope.of("111122223333", "eu-west-1");
  private static final TaskName NIGHTLY = new TaskName("nightly");
  private static final GateKey GATE = new GateKey("action/Ec2StopInstances");
  private static final BatchId BATCH = new BatchId("*", 0);
  private static final JournalEntry STOPPED =
      new JournalEntry("stop", JournalEntry.Stage.DONE, "\"stopping\"");
  private static final RunId OPEN = runId(0);

  @TempDir private Path folder;

  @BeforeEach
  void putTheFileThere() throws IOException {
    try (InputStream file = EarlierSchemaTest.class.getResourceAsStream("schema-1.db")) {
      Files.copy(file, folder.resolve("store.db"));
    }
  }

  private SqliteStore open() {
    return SqliteStore.open(folder);
  }

  private static RunId runId(int second) {
    return RunId.of(NIGHTLY, "first", new Trigger.Firing(NOON.plusSeconds(second)));
  }

  private static ExecutionId id(int number) {
    return ExecutionId.of(OPEN, "unit-" + number);
  }

  private static Origin origin(int number) {
    Optional<GateKey> gate = number < 4 ? Optional.of(GATE) : Optional.empty();
    return new Origin(
        OPEN, BATCH, number, false, Optional.empty(), gate, "{\"unit\":" + number + "}");
  }

  private static Execution fresh(int number) {
    return Execution.fresh(id(number), origin(number));
  }

  private static Grant grant(int number) {
    return new Grant(GATE, number, new Ticket(id(number), 0), number + 1);
  }

  private static Execution only(SqliteStore store, int number) {
    return store.executions().find(List.of(id(number))).get(0);
  }

  @Test
  void itIsBroughtForwardAndStaysSo() throws SQLException {
    assertThatThrownBy(() -> SqliteStore.readOnly(folder))
        .isInstanceOf(StoreException.class)
        .hasMessageEndingWith(
            "has schema 1, older than 2: open it for writing once, that brings it forward");
    for (int i = 0; i < 2; i++) {
      try (SqliteStore store = open()) {
        assertThat(store.check().faults()).isEmpty();
        assertThat(store.check().items()).containsEntry("execution", 6L).containsEntry("run", 3L);
      }
    }
    assertThat(number("SELECT value FROM meta WHERE key = 'schema'")).isEqualTo(2);
    SqliteStore.readOnly(folder).close();
  }

  /** The fixture has to stay what it is. */
  @Test
  void theFileIsOfSchema1AndItsItemsOfForm1() throws SQLException {
    assertThat(number("SELECT value FROM meta WHERE key = 'schema'")).isEqualTo(1);
    assertThat(number("SELECT count(*) FROM execution WHERE body LIKE '{\"v\":1,%\"grant\":%'"))
        .isEqualTo(1);
  }

  @Test
  void theTaskAndItsRunsAreThere() {
    try (SqliteStore store = open()) {
      StoredTask task = store.tasks().find(NIGHTLY).orElseThrow();
      assertThat(task.clock().open()).contains(OPEN);
      assertThat(task.clock().queued()).containsExactly(runId(60));
      assertThat(store.tasks().nextDue()).contains(NOON.plusSeconds(3600));
      assertThat(store.runs().history(Optional.empty(), 9))
          .extracting(Run::state)
          .containsExactly(Run.State.QUEUED, Run.State.DISPATCHING, Run.State.PARTIAL);
      Run old = store.runs().find(runId(-3600)).orElseThrow();
      assertThat(old.drive()).isEqualTo(Run.Drive.FIRST);
      assertThat(old.summary())
          .isEqualTo(
              new Run.Summary(
                  Optional.of(NOON.minusSeconds(60)), Optional.empty(), 2, 1, 0, "denied"));
    }
  }

  @Test
  void theSelectionIsThere() {
    try (SqliteStore store = open()) {
      assertThat(store.selections().slices(OPEN))
          .containsExactly(new Slice(SCOPE, 1, Optional.empty(), Optional.of(Slice.End.sealed(1))));
      assertThat(store.selections().pages(OPEN, SCOPE, 0, 9))
          .containsExactly(
              new Page(SCOPE, 0, List.of(new Page.Item("i-1", "{}")), 3, Optional.empty()));
      List<ExecutionId> ids = IntStream.range(0, 6).mapToObj(EarlierSchemaTest::id).toList();
      assertThat(store.selections().batches(OPEN))
          .containsExactly(new Batch(BATCH, ids, true, 0, Set.of(), Set.of(4), Set.of()));
    }
  }

  @Test
  void theExecutionsAreThere() {
    try (SqliteStore store = open()) {
      for (int number : new int[] {1, 2, 3, 5}) {
        assertThat(only(store, number)).isEqualTo(fresh(number));
      }
      Execution running = only(store, 0);
      assertThat(running.status()).isEqualTo(Status.RUNNING);
      assertThat(running.origin()).isEqualTo(origin(0));
      assertThat(running.grants()).containsExactly(grant(0));
      assertThat(running.progress().drive()).isZero();
      assertThat(running.journal()).containsExactly(STOPPED);
      assertThat(only(store, 4).status()).isEqualTo(Status.FAILED);
      assertThat(only(store, 4).progress().outcome()).contains("{\"code\":\"ERR\"}");
    }
  }

  @Test
  void theGateAndItsQueueAreThere() {
    try (SqliteStore store = open()) {
      List<Grant> held = List.of(grant(0), grant(1));
      assertThat(store.gates().find(GATE))
          .contains(new Gate(GATE, 2, 7, held, 2, true, Optional.empty()));
    }
  }

  /**
   * Whoever held a lease is gone; its successor takes over in the same slot, and all come to an
   * end.
   */
  @Test
  void whatWasUnderWayGoesOnToItsEnd() {
    try (SqliteStore store = open()) {
      List<Grant> work = new ArrayList<>(List.of(grant(0), grant(1)));
      for (int next = 0; next < work.size(); next++) {
        finish(store, work.get(next).holder().execution(), Optional.of(work.get(next)));
        if (store.gates().handOver(work.get(next), false) instanceof HandOver.Next granted) {
          work.add(granted.grant());
        }
      }
      finish(store, id(5), Optional.empty());
      assertThat(work).hasSize(4);
      assertThat(store.selections().batches(OPEN)).allMatch(Batch::full);
    }
  }

  private static void finish(SqliteStore store, ExecutionId id, Optional<Grant> by) {
    Claimant claimant = new Claimant("worker-2", NOON.plusSeconds(600), NOON);
    Execution running = applied(store.executions().claim(new Claim(id, 0, by, NOON, claimant)));
    Execution ended =
        applied(
            store
                .executions()
                .advance(
                    id,
                    running.progress().epoch(),
                    new Move.End(Status.SUCCEEDED, "{}", List.of())));
    store.selections().ended(OPEN, BATCH, 0, Ends.of(ended));
  }

  @Test
  void whatHadFailedCanBeDrivenAgain() {
    try (SqliteStore store = open()) {
      RunId old = runId(-3600);
      Run again = applied(store.runs().redrive(old, 0, Set.of(), NOON.plusSeconds(60), false));
      assertThat(again.drive().number()).isEqualTo(1);
      Execution ready = applied(store.executions().redrive(id(4), 1, false));
      assertThat(ready.status()).isEqualTo(Status.READY);
      assertThat(ready.journal()).isEmpty();
      assertThat(store.selections().reopen(OPEN, BATCH, 1).failed()).isEmpty();
    }
  }

  private static <T> T applied(Write<T> write) {
    assertThat(write).isInstanceOf(Write.Applied.class);
    return ((Write.Applied<T>) write).now();
  }

  private long number(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("store.db"));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.getLong(1);
    }
  }
}
