package io.opsautomator.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.store.Execution;
import io.opsautomator.store.StoreException;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process, really killed: nothing that it was told is lost, and nobody waits for it. */
final class KilledProcessTest {
  private static final RunId RUN = new RunId("killed");

  @TempDir private Path folder;

  /** Starts executions and says so, until it is killed. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) {
      try (SqliteStore store = SqliteStore.open(Path.of(arguments[0]))) {
        for (int i = 0; i < Integer.MAX_VALUE; i++) {
          Execution fresh = SqliteStoreTest.execution(RUN, i);
          store.executions().create(List.of(fresh));
          store.executions().claim(SqliteStoreTest.claim(fresh, "victim"));
          System.out.println(fresh.id().value());
        }
      }
    }
  }

  @Test
  void w4_whatAKilledProcessHadBegunIsThereAndTakenOverAtOnce() throws Exception {
    Process victim = start();
    List<ExecutionId> told = new ArrayList<>();
    try (BufferedReader lines = victim.inputReader(StandardCharsets.UTF_8)) {
      tell(lines, told, 100);
      assertThatThrownBy(() -> SqliteStore.open(folder))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("is open in process " + victim.pid() + "; only one writes");
      try (SqliteStore other = SqliteStore.readOnly(folder)) {
        assertThat(other.executions().find(told)).hasSize(100);
      }
      tell(lines, told, 100);
    } finally {
      victim.destroyForcibly().waitFor();
    }
    try (SqliteStore store = SqliteStore.open(folder)) {
      assertThat(store.check().faults()).isEmpty();
      List<Execution> found = store.executions().find(told);
      assertThat(found).hasSize(200).allMatch(e -> e.status() == Execution.Status.RUNNING);
      for (Execution execution : found) {
        assertThat(store.executions().claim(SqliteStoreTest.claim(execution, "heir")))
            .isInstanceOf(Write.Applied.class);
      }
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Victim.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void tell(BufferedReader lines, List<ExecutionId> told, int more)
      throws IOException {
    for (int i = 0; i < more; i++) {
      told.add(new ExecutionId(lines.readLine()));
    }
  }
}
