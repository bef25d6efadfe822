package io.opsautomator.sqlite.size;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.resource.Aggregation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The heap that a run needs does not grow with what it selects. */
final class LargeRunTest {
  private static final int PATIENCE_MINUTES = 20;

  @TempDir Path folder;

  @Test
  void aMillionResourcesInBatchesOfAThousandNeedNoMoreThanAQuarterOfAGigabyte() throws Exception {
    assertThat(run(256, Aggregation.TASK, 1_000, 1_000, 1_000))
        .startsWith("COMPLETE 1000000 worked on, 1000 executions");
  }

  @Test
  void aHundredThousandInOneSliceNeedLessThanAHundredMegabytes() throws Exception {
    assertThat(run(96, Aggregation.REGION, 1, 100_000, 1_000))
        .startsWith("COMPLETE 100000 worked on, 100 executions");
  }

  /** With a thousand accounts, tools/soak size makes a million executions. */
  @Test
  void whatStartsPageByPageNeedsNoMore() throws Exception {
    int accounts = Integer.parseInt(System.getProperty("oa.soak.accounts", "20"));
    assertThat(run(accounts > 20 ? 256 : 96, Aggregation.RESOURCE, accounts, 1_000, 0))
        .startsWith("COMPLETE " + accounts * 1_000 + " worked on");
  }

  private String run(int megabytes, Aggregation aggregation, int accounts, int each, int batch)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + megabytes + "m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LargeRun.class.getName(),
                folder.resolve("store").toString()));
    List.of(aggregation.name(), accounts + "", each + "", batch + "").forEach(command::add);
    Path said = folder.resolve("said.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(said.toFile())
            .redirectError(folder.resolve("errors.txt").toFile())
            .start();
    boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
    process.destroyForcibly();
    String told = Files.readString(said) + Files.readString(folder.resolve("errors.txt"));
    assertThat(ended).as(told).isTrue();
    return told;
  }
}
