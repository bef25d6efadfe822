package io.opsautomator.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever was killed left every answered call in the ledger. */
final class EstateKilledTest {
  private static final int ANSWERS = 200;
  @TempDir private Path folder;

  /** What is to be killed: creates volumes for ever and prints the id of each. */
  static final class Creator {
    private Creator() {}

    public static void main(String[] args) {
      Estate estate = Estate.at(InstantSource.system());
      estate.instance("i-1", "t3.micro", Map.of());
      estate.persistTo(Path.of(args[0]));
      while (true) {
        System.out.println(
            estate.ec2().createVolume(r -> r.size(1).availabilityZone("a")).volumeId());
      }
    }
  }

  @Test
  void hasEveryAnsweredCallInItsFileAfterAKill() throws IOException, InterruptedException {
    Path file = folder.resolve("estate.jsonl");
    Process process =
        new ProcessBuilder(java(), "-cp", path(), Creator.class.getName(), file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> answered = new ArrayList<>();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (int i = 0; i < ANSWERS; i++) {
        answered.add(lines.readLine());
      }
      process.destroyForcibly().waitFor();
    }
    Estate estate = Estate.open(file, InstantSource.system(), 1);
    assertThat(estate.calls())
        .flatExtracting(it -> it.answer().created())
        .containsAll(answered)
        .doesNotHaveDuplicates();
    assertThat(estate.ec2().describeVolumes(r -> r.volumeIds(answered)).volumes()).hasSize(ANSWERS);
    assertThat(estate.picture()).contains("i-1: t3.micro running");
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String path() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
