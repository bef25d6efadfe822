package io.opsautomator.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.sqlite.disk.Children;
import io.opsautomator.sqlite.disk.Platter;
import io.opsautomator.sqlite.disk.Platter.Luck;
import io.opsautomator.sqlite.disk.Trace;
import io.opsautomator.sqlite.disk.Trace.Event;
import io.opsautomator.sqlite.disk.Trace.Kind;
import io.opsautomator.sqlite.disk.WatchedDisk;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.StoreException;
import io.opsautomator.task.ExecutionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power goes at any moment of the life of a store, and of what was not flushed any part may be
 * lost: all that had been answered for by then is there.
 *
 * <p>Killing a process does not show that, since the operating system keeps what was written and
 * writes it some day. So a process works on a disk that records every write and flush, and what it
 * claims; and the disk is made again as it may have been at hundreds of moments.
 */
final class PowerLossTest {
  private static final int MOMENTS = Integer.getInteger("oa.soak.moments", 150);
  private static final int EXECUTIONS = 200;

  @TempDir private Path parent;

  @Test
  void whateverWasAnsweredIsThereWhenThePowerGoesAtAnyMoment() throws Exception {
    Trace trace = life("FULL");
    assertThat(trace.count(Kind.NOTED)).isGreaterThan(EXECUTIONS);
    assertThat(checkpoints(trace)).isGreaterThanOrEqualTo(3);
    for (Luck luck : Luck.values()) {
      new PowerCuts(trace, luck, MOMENTS / 3).requireAllThere(parent.resolve("after-" + luck));
    }
  }

  /** A store of which nobody finds the folder is lost as well. */
  @Test
  void theFolderOfTheStoreIsFlushedToo() throws IOException {
    Path trace = parent.resolve("trace");
    Path notes = parent.resolve("notes");
    WatchedDisk above = WatchedDisk.of(parent).tracing(trace, notes);
    Path folder = parent.resolve("store");
    Children.run(
        PowerLossVictim.class,
        above,
        List.of(folder.toString(), notes.toString(), "FULL", "4"),
        parent.resolve("errors.txt"));
    List<Kind> kinds = Trace.read(trace).events().stream().map(Event::kind).toList();
    assertThat(kinds).contains(Kind.NOTED, Kind.FOLDER_FLUSHED);
    assertThat(kinds.indexOf(Kind.FOLDER_FLUSHED)).isLessThan(kinds.indexOf(Kind.NOTED));
  }

  /** The control: these tests would notice a store that answers before it has flushed. */
  @Test
  void aStoreThatDoesNotFlushIsFoundOut() throws Exception {
    Trace trace = life("OFF");
    PowerCuts cuts = new PowerCuts(trace, Luck.NOTHING, 20);
    assertThatThrownBy(() -> cuts.requireAllThere(parent.resolve("after")))
        .isInstanceOfAny(AssertionError.class, StoreException.class);
    PowerCuts torn = new PowerCuts(trace, Luck.SOME, 20);
    assertThatThrownBy(() -> torn.requireAllThere(parent.resolve("after-torn")))
        .isInstanceOfAny(AssertionError.class, StoreException.class);
  }

  private Trace life(String synchronous) throws IOException {
    Path folder = Files.createDirectory(parent.resolve("store"));
    Path trace = parent.resolve("trace");
    Path notes = parent.resolve("notes");
    WatchedDisk disk = WatchedDisk.of(folder).tracing(trace, notes);
    List<String> args =
        List.of(folder.toString(), notes.toString(), synchronous, Integer.toString(EXECUTIONS));
    Children.run(PowerLossVictim.class, disk, args, parent.resolve("errors.txt"));
    return Trace.read(trace);
  }

  private static long checkpoints(Trace trace) {
    return trace.events().stream()
        .filter(event -> event.kind() == Kind.FLUSHED && event.file().equals(Folder.FILE))
        .count();
  }

  /** The same life, cut short at many moments, each time with the same luck. */
  private record PowerCuts(Trace trace, Luck luck, int count) {

    void requireAllThere(Path parent) throws IOException {
      SplittableRandom random = new SplittableRandom(luck.ordinal());
      TreeSet<Integer> moments = new TreeSet<>();
      while (moments.size() < Math.min(count, trace.events().size())) {
        moments.add(random.nextInt(trace.events().size()));
      }
      Platter platter = new Platter();
      Map<String, Status> answered = new LinkedHashMap<>();
      for (int now = 0; now < trace.events().size(); now++) {
        Event event = trace.events().get(now);
        platter.play(event);
        if (event.kind() == Kind.NOTED) {
          note(event.text(), answered);
        }
        if (moments.contains(now)) {
          Path folder = Files.createDirectories(parent.resolve("" + now));
          platter.powerCut(folder, luck, random);
          requireThere(folder, answered);
        }
      }
    }

    private static void note(String lines, Map<String, Status> answered) {
      lines
          .lines()
          .map(line -> line.split(" ", -1))
          .forEach(word -> answered.put(word[0], Status.valueOf(word[1])));
    }

    private void requireThere(Path folder, Map<String, Status> answered) {
      List<ExecutionId> ids = answered.keySet().stream().map(ExecutionId::new).toList();
      try (SqliteStore store = SqliteStore.open(folder)) {
        assertThat(store.check().faults()).as("%s", folder).isEmpty();
        List<Execution> found = store.executions().find(ids);
        assertThat(found).as("%s", folder).extracting(Execution::id).isEqualTo(ids);
        for (Execution execution : found) {
          Status was = answered.get(execution.id().value());
          assertThat(execution.status()).as("%s", folder).isGreaterThanOrEqualTo(was);
        }
      }
    }
  }
}
