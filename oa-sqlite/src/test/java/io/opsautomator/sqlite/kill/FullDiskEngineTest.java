package io.opsautomator.sqlite.kill;

import io.opsautomator.sqlite.disk.Children;
import io.opsautomator.sqlite.disk.WatchedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An engine whose disk is full for a while waits, and then does all that it was asked for, once.
 */
final class FullDiskEngineTest {
  private static final int TIMES = 8;

  @TempDir private Path parent;

  @Test
  void everythingIsDoneOnceAlthoughTheDiskWasFullAtTimes() throws IOException {
    Path flag = parent.resolve("full");
    Path work = Files.createDirectory(parent.resolve("work"));
    Children.run(
        CrampedEngine.class,
        WatchedDisk.of(KilledEngine.store(work)).fullWhile(flag),
        List.of(work.toString(), flag.toString(), Integer.toString(TIMES)),
        parent.resolve("errors.txt"));
    for (int i = 0; i < TIMES; i++) {
      Accounts accounts = Accounts.of(work.resolve("" + i));
      accounts.requireInOrder();
      accounts.requireClosed(CrampedEngine.RUNS);
    }
  }
}
