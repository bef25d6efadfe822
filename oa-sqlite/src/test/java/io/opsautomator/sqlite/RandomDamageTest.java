package io.opsautomator.sqlite;

import static io.opsautomator.sqlite.DamageTest.copy;
import static io.opsautomator.sqlite.DamageTest.cut;
import static io.opsautomator.sqlite.DamageTest.flip;
import static io.opsautomator.sqlite.DamageTest.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.sqlite.SqliteStore.Item;
import io.opsautomator.store.Execution;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Gates.Limit;
import io.opsautomator.store.StoreException;
import io.opsautomator.store.StoredTask;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As {@link DamageTest}, anywhere in the files. */
final class RandomDamageTest {
  private static final int ROUNDS = Integer.getInteger("oa.soak.damages", 400);

  @TempDir private Path parent;

  private Path folder() {
    return parent.resolve("store");
  }

  private Path file() {
    return folder().resolve("store.db");
  }

  private Path log() {
    return folder().resolve("store.db-wal");
  }

  /**
   * Bytes change anywhere, or the end of a file is gone: whatever is still read is what was
   * written, and what is no longer found is missed by the check.
   */
  @Test
  void noDamageIsEverTakenForData() throws IOException {
    Path alive = parent.resolve("alive");
    Map<String, Item> written = new LinkedHashMap<>();
    try (SqliteStore store = SqliteStore.open(alive)) {
      little(store);
      copy(alive, parent.resolve("killed"));
    }
    copy(alive, parent.resolve("closed"));
    try (SqliteStore store = SqliteStore.readOnly(alive)) {
      store.export(item -> written.put(item.kind() + item.key(), item));
    }
    SplittableRandom random = new SplittableRandom(1);
    int noticed = 0;
    for (int i = 0; i < ROUNDS; i++) {
      copy(parent.resolve(i % 2 == 0 ? "closed" : "killed"), folder());
      damage(i % 4 == 3 ? log() : file(), random);
      noticed += requireToldOf(written, "damage " + i) ? 1 : 0;
    }
    assertThat(noticed).isGreaterThan(ROUNDS / 3);
  }

  /** A few of everything; nothing with a lease, for its end depends on who reads it. */
  private static void little(SqliteStore store) {
    StoredTask.Clock clock = StoredTask.Clock.STOPPED.withNext(Optional.of(Instant.EPOCH));
    store
        .tasks()
        .put(
            new StoredTask(
                new TaskName("nightly"), 0, "first", StoredTask.State.ENABLED, "{}", clock),
            0);
    for (int i = 0; i < 20; i++) {
      RunId run = run(i).id();
      store.runs().insert(run(i));
      List<Execution> executions = new ArrayList<>();
      for (int j = 0; j < 20; j++) {
        executions.add(SqliteStoreTest.execution(run, j));
      }
      store.executions().create(executions);
      GateKey gate = new GateKey("gate-" + i);
      store.gates().enqueue(gate, new Limit(2, 1), "1", List.of(executions.get(0).ticket()));
    }
  }

  private static void damage(Path file, SplittableRandom random) throws IOException {
    long size = Files.size(file);
    if (random.nextInt(5) == 0) {
      cut(file, random.nextLong(size));
    } else {
      flip(file, random.nextLong(size), 1 + random.nextInt(8));
    }
  }

  /** Whether it was. */
  private boolean requireToldOf(Map<String, Item> written, String damage) {
    Map<String, Item> read = new LinkedHashMap<>();
    SqliteStore.Check check;
    try (SqliteStore store = SqliteStore.open(folder())) {
      check = store.check();
      store.export(item -> read.put(item.kind() + item.key(), item));
    } catch (StoreException told) {
      assertThat(told.getMessage()).as(damage).contains("store.db");
      return true;
    }
    read.forEach(
        (key, item) ->
            item.json()
                .filter(json -> !item.kind().equals("waiting"))
                .ifPresent(json -> requireWritten(written, json, damage)));
    if (!read.equals(written)) {
      assertThat(Stream.of(check.faults(), check.stray(), check.pending()).flatMap(List::stream))
          .as("%s: %s", damage, difference(written, read))
          .isNotEmpty();
      return true;
    }
    return !check.faults().isEmpty();
  }

  private static void requireWritten(Map<String, Item> written, String json, String damage) {
    assertThat(written.values().stream().map(Item::json)).as(damage).contains(Optional.of(json));
  }

  private static String difference(Map<String, Item> written, Map<String, Item> read) {
    Map<String, Item> less = new LinkedHashMap<>(written);
    Map<String, Item> more = new LinkedHashMap<>(read);
    less.entrySet().removeAll(read.entrySet());
    more.entrySet().removeAll(written.entrySet());
    return "lost " + less + ", found " + more;
  }
}
