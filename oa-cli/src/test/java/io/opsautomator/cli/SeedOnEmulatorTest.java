package io.opsautomator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.testkit.aws.AwsEndpoint;
import io.opsautomator.testkit.aws.EmulatedAws;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The first steps of somebody without an account, as docs/commands.md has them. */
@ExtendWith(AwsEndpoint.class)
final class SeedOnEmulatorTest {
  @TempDir Path folder;
  private final EmulatedAws emulated;

  SeedOnEmulatorTest(EmulatedAws emulated) {
    this.emulated = emulated;
  }

  private String seed() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "../tools/aws-emulator", "seed", String.valueOf(emulated.address().getPort()))
            .redirectErrorStream(true)
            .start();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return words;
  }

  @Test
  void whatInitWritesFindsSomethingInASeededEmulator() throws Exception {
    assertThat(seed()).contains("5 instances and 9 snapshots", "AWS_REGION=eu-west-1");
    assertThat(seed()).contains("there are instances already", "reset");
    String file = folder.resolve("tasks.yaml").toString();
    CommandLineRun.oa("init", file).succeeds();
    CommandLineRun plan =
        CommandLineRun.oa("plan", file, "--endpoint", emulated.address().toString());
    assertThat(plan.succeeds().out())
        .contains("nightly-snapshots: 3 executions on 3 resources")
        .contains("keep-a-week: 1 execution on 9 resources");
  }
}
