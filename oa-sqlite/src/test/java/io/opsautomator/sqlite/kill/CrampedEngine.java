package io.opsautomator.sqlite.kill;

import io.opsautomator.OpsAutomator;
import io.opsautomator.sqlite.SqliteStore;
import io.opsautomator.sqlite.kill.Pause.When;
import io.opsautomator.store.Store;
import io.opsautomator.store.StoreException;
import io.opsautomator.testkit.Estate;
import io.opsautomator.testkit.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * An engine in virtual time on a disk that is full now and then: from some write of the store to
 * some later one. In the end there is room, and a day for what is left to do.
 */
final class CrampedEngine {
  static final int RUNS = 2;
  private static final int TIMES = 4;

  private final Path flag;
  private final SplittableRandom random;
  private int crossings;
  private int next;
  private int left = 2 * TIMES;
  private int refused;

  private CrampedEngine(Path flag, long seed) {
    this.flag = flag;
    this.random = new SplittableRandom(seed);
    this.next = random.nextInt(60);
  }

  /**
   * @param args the folder, whose store is on the disk that may be full; the file that says so; how
   *     often it is done, each time with a new store, which is put aside
   */
  public static void main(String[] args) throws IOException {
    for (int seed = 0; seed < Integer.parseInt(args[2]); seed++) {
      Path watched = KilledEngine.store(Path.of(args[0]));
      Path folder = Files.createDirectory(Path.of(args[0]).resolve("" + seed));
      CrampedEngine engine = new CrampedEngine(Path.of(args[1]), seed);
      engine.run(folder, watched);
      if (engine.refused == 0) {
        throw new IllegalStateException("the disk was never full when it mattered");
      }
      Files.move(watched, KilledEngine.store(folder));
    }
  }

  private void run(Path folder, Path watched) throws IOException {
    VirtualTime time = VirtualTime.startingAt("2026-03-02T18:00:00Z");
    try (Estate estate = Estate.seeded(time, 1)) {
      for (int i = 1; i <= KilledEngine.INSTANCES; i++) {
        estate.instance("i-" + i, "t3.small", Map.of("Chores", "yes"));
      }
      estate.persistTo(KilledEngine.ledger(folder));
      try (Store store = SqliteStore.open(watched)) {
        run(time, estate, store);
      }
    }
  }

  private void run(VirtualTime time, Estate estate, Store store) throws IOException {
    try (OpsAutomator engine =
        OpsAutomator.builder()
            .install(estate)
            .store(Seams.of(store, this::cross))
            .action(new Chores(estate.clients()))
            .task(KilledEngine.task())
            .clock(time)
            .timer(time)
            .executor(time)
            .random(random.split())
            .build()) {
      engine.work();
      for (int i = 0; i < RUNS; i++) {
        trigger(engine, time, "" + i);
        time.advance(Duration.ofMillis(random.nextInt(300)));
      }
      time.advance(Duration.ofHours(2));
      left = 0;
      Files.deleteIfExists(flag);
      time.advance(Duration.ofDays(1));
    }
  }

  /** As often as needed, as whoever asks would do. */
  private static void trigger(OpsAutomator engine, VirtualTime time, String request) {
    for (boolean done = false; !done; ) {
      try {
        engine.run(KilledEngine.task().name(), request);
        done = true;
      } catch (StoreException full) {
        time.advance(Duration.ofMinutes(1));
      }
    }
  }

  private void cross(String point, When when) {
    refused += when == When.BEFORE ? 1 : -1; // What failed has no after.
    if (crossings++ >= next && left > 0) {
      left--;
      next = crossings + random.nextInt(60);
      turn();
    }
  }

  private void turn() {
    try {
      if (!Files.deleteIfExists(flag)) {
        Files.createFile(flag);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
