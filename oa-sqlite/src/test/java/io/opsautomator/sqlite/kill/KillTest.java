package io.opsautomator.sqlite.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An engine at work is killed with SIGKILL again and again: at random moments; between the intent
 * of an effect and its result; before and after each kind of write, such as between the end of an
 * execution and the hand-over of its slot; and in the middle of a write to the disk, be it while
 * the store is opened or while a commit is under way. After each time every run, execution and
 * effect is accounted for once, in the store and in the estate's ledger; and in the end all is done
 * that was asked for.
 *
 * <p>{@code -Doa.soak.ordeals=N} does it more often.
 */
final class KillTest {
  private static final int ORDEALS = Integer.getInteger("oa.soak.ordeals", 3);

  @TempDir private Path folder;

  /** Two engines side by side, each with a store of its own, take half of the time. */
  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS) // Whatever else the machine does.
  void everyRunExecutionAndEffectIsAccountedForOnceAfterEveryKill() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    Map<Character, Integer> reached = new TreeMap<>();
    try {
      for (Future<Map<Character, Integer>> ordeal : threads.invokeAll(ordeals())) {
        ordeal.get().forEach((death, times) -> reached.merge(death, times, Integer::sum));
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(ORDEALS * Ordeal.kills()).isGreaterThanOrEqualTo(50);
    assertThat(reached.get('e')).as("within an effect").isGreaterThanOrEqualTo(ORDEALS * 3);
    assertThat(reached.get('w')).as("beside a write").isGreaterThanOrEqualTo(ORDEALS * 4);
    assertThat(reached.get('d')).as("within a write").isGreaterThanOrEqualTo(ORDEALS * 2);
  }

  private List<Callable<Map<Character, Integer>>> ordeals() throws IOException {
    Launcher launcher = Launcher.archived(Files.createDirectory(folder.resolve("launcher")));
    List<Callable<Map<Character, Integer>>> ordeals = new ArrayList<>();
    for (int i = 0; i < ORDEALS; i++) {
      int number = i;
      ordeals.add(
          () -> {
            Path own = Files.createDirectory(folder.resolve("" + number));
            return new Ordeal(own, launcher, number).endured();
          });
    }
    return ordeals;
  }
}
