package io.opsautomator.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.sqlite.disk.Children;
import io.opsautomator.sqlite.disk.WatchedDisk;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Executions.Move;
import io.opsautomator.store.Run;
import io.opsautomator.store.StoreException;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk without room delays, and loses nothing. */
final class FullDiskTest {
  @TempDir private Path parent;

  @Test
  void aStoreOnAFullDiskSaysSoLosesNothingAndGoesOnWhenThereIsRoom() throws IOException {
    Path flag = parent.resolve("full");
    Path store = parent.resolve("store");
    Children.run(
        Life.class,
        WatchedDisk.of(store).fullWhile(flag),
        List.of(store.toString(), flag.toString()),
        parent.resolve("errors.txt"));
    try (SqliteStore after = SqliteStore.open(store)) {
      assertThat(after.check().faults()).isEmpty();
      assertThat(after.check().items()).containsEntry("execution", 2L * Life.SOME);
    }
  }

  /** In a process of its own, behind a disk that is full while a file exists. */
  static final class Life {
    static final int SOME = 50;
    private static final RunId RUN = SqliteStoreTest.run(1, Run.State.SELECTING).id();

    private Life() {}

    public static void main(String[] args) throws IOException {
      Path store = Path.of(args[0]);
      Path flag = Path.of(args[1]);
      Files.createFile(flag);
      assertThatThrownBy(() -> SqliteStore.open(store)).isInstanceOf(StoreException.class);
      Files.delete(flag);
      try (SqliteStore open = SqliteStore.open(store)) {
        List<ExecutionId> answered = write(open, 0);
        for (int i = 0; i < 3; i++) {
          Files.createFile(flag);
          requireRefused(open, answered);
          Files.delete(flag);
          advance(open, answered.get(i));
        }
        answered.addAll(write(open, SOME));
        assertThat(open.executions().find(answered)).hasSize(answered.size());
        Files.createFile(flag);
      }
      Files.delete(flag);
    }

    private static List<ExecutionId> write(SqliteStore store, int from) {
      List<ExecutionId> answered = new ArrayList<>();
      for (int i = from; i < from + SOME; i++) {
        Execution fresh = SqliteStoreTest.execution(RUN, i);
        store.executions().create(List.of(fresh));
        store.executions().claim(SqliteStoreTest.claim(fresh, "w"));
        answered.add(fresh.id());
      }
      return answered;
    }

    private static void advance(SqliteStore store, ExecutionId id) {
      Move.End end = new Move.End(Status.SUCCEEDED, "{}", List.of());
      store.executions().advance(id, 1, end);
      assertThat(store.executions().find(List.of(id)))
          .extracting(Execution::status)
          .containsExactly(Status.SUCCEEDED);
    }

    private static void requireRefused(SqliteStore store, List<ExecutionId> answered) {
      List<Execution> before = store.executions().find(answered);
      assertThatThrownBy(() -> write(store, SOME))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("cannot write to ")
          .hasMessageContaining(
              "nothing of it was written: make room on the disk, then it goes on by itself");
      assertThat(store.executions().find(answered)).isEqualTo(before);
      assertThat(store.executions().find(List.of(SqliteStoreTest.execution(RUN, SOME).id())))
          .isEmpty();
    }
  }
}
