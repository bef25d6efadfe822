package io.opsautomator.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.sqlite.SqliteStore.Item;
import io.opsautomator.sqlite.disk.Children;
import io.opsautomator.sqlite.disk.Platter;
import io.opsautomator.sqlite.disk.Platter.Luck;
import io.opsautomator.sqlite.disk.Trace;
import io.opsautomator.sqlite.disk.Trace.Event;
import io.opsautomator.sqlite.disk.Trace.Kind;
import io.opsautomator.sqlite.disk.WatchedDisk;
import io.opsautomator.store.Run;
import io.opsautomator.task.RunId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opening is broken off after each of its changes and flushes, by the end of the process or of the
 * power: when a store is made, when one is opened again, and when one of an earlier version is
 * brought forward. It is opened all the same the next time, and nothing is missing.
 */
final class InterruptedOpeningTest {
  @TempDir private Path parent;

  /** Opens, and leaves in good order. */
  static final class Opening {
    private Opening() {}

    public static void main(String[] args) {
      SqliteStore.open(Path.of(args[0])).close();
    }
  }

  @Test
  void aNewStoreIsMadeNextTime() throws IOException {
    requireWhole(Files.createDirectory(parent.resolve("store")));
  }

  @Test
  void aStoreIsOpenedNextTime() throws IOException {
    Path store = parent.resolve("store");
    try (SqliteStore open = SqliteStore.open(store)) {
      RunId run = SqliteStoreTest.run(1, Run.State.SELECTING).id();
      for (int i = 0; i < 30; i++) {
        open.executions().create(List.of(SqliteStoreTest.execution(run, i)));
      }
    }
    requireWhole(store);
  }

  @Test
  void aStoreOfAnEarlierVersionIsBroughtForwardNextTime() throws IOException {
    Path store = Files.createDirectory(parent.resolve("store"));
    try (InputStream earlier =
        Objects.requireNonNull(getClass().getResourceAsStream("schema-1.db"))) {
      Files.copy(earlier, store.resolve("store.db"));
    }
    requireWhole(store);
  }

  private void requireWhole(Path store) throws IOException {
    Platter before = Platter.of(store);
    Path copy = Files.createDirectory(parent.resolve("copy"));
    before.powerCut(copy, Luck.NOTHING, new SplittableRandom(0));
    List<Item> wanted = items(copy);
    Trace trace = opened(store);
    assertThat(trace.events()).hasSizeGreaterThan(10);
    for (Luck luck : Luck.values()) {
      SplittableRandom random = new SplittableRandom(luck.ordinal());
      Platter platter = Platter.of(copyOf(before, "before-" + luck));
      for (int i = 0; i < trace.events().size(); i++) {
        platter.play(trace.events().get(i));
        if (!telling(trace.events().get(i), i, luck)) {
          continue;
        }
        Path after = Files.createDirectory(parent.resolve(luck + "-" + i));
        platter.powerCut(after, luck, random);
        assertThat(items(after)).as("%s", after).isEqualTo(wanted);
      }
    }
  }

  /** What was not flushed and is lost makes no difference; of what is torn, a part will do. */
  private static boolean telling(Event event, int number, Luck luck) {
    return switch (luck) {
      case NOTHING -> event.kind() != Kind.WRITTEN;
      case SOME -> number % 3 == 0;
      case EVERYTHING -> event.kind() != Kind.FLUSHED;
    };
  }

  private Path copyOf(Platter platter, String name) throws IOException {
    Path folder = Files.createDirectory(parent.resolve(name));
    platter.powerCut(folder, Luck.NOTHING, new SplittableRandom(0));
    return folder;
  }

  private Trace opened(Path store) throws IOException {
    Path trace = parent.resolve("trace");
    WatchedDisk disk = WatchedDisk.of(store).tracing(trace, parent.resolve("notes"));
    Children.run(Opening.class, disk, List.of(store.toString()), parent.resolve("errors.txt"));
    return Trace.read(trace);
  }

  private static List<Item> items(Path folder) {
    List<Item> items = new ArrayList<>();
    try (SqliteStore store = SqliteStore.open(folder)) {
      assertThat(store.check().faults()).as("%s", folder).isEmpty();
      store.export(items::add);
    }
    return items;
  }
}
