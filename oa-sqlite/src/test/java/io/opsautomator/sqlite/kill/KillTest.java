package io.opsautomator.sqlite.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An engine at work is killed with SIGKILL again and again: half of the times at a random moment,
 * half between the intent of an effect and its result. After each time every run, execution and
 * effect is accounted for once, in the store and in the estate's ledger; and in the end all is done
 * that was asked for.
 */
final class KillTest {
  private static final int KILLS = 30;

  @TempDir private Path folder;

  /** Two engines side by side, each with a store of its own, take half of the time. */
  @Test
  void everyRunExecutionAndEffectIsAccountedForOnceAfterEveryKill() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      int betweenIntentAndResult = 0;
      for (Future<Integer> ordeal : threads.invokeAll(List.of(ordeal(1), ordeal(2)))) {
        betweenIntentAndResult += ordeal.get();
      }
      assertThat(betweenIntentAndResult).isGreaterThanOrEqualTo(10);
    } finally {
      threads.shutdown();
    }
  }

  private Callable<Integer> ordeal(long seed) {
    return () ->
        new Ordeal(Files.createDirectory(folder.resolve("" + seed)), seed).withKills(KILLS / 2);
  }
}
