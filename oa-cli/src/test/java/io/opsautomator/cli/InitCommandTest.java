package io.opsautomator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InitCommandTest {
  @TempDir Path folder;

  @Test
  void writesAFileWithCommentsAndTellsHowToGoOn() throws IOException {
    Path file = folder.resolve("tasks.yaml");
    CommandLineRun run = CommandLineRun.oa("init", file.toString()).succeeds();
    assertThat(run.out()).contains("oa validate " + file);
    assertThat(Files.readString(file)).startsWith("#").contains("tasks:", "tagFilter:");
  }

  @Test
  void whatItWritesIsValid() {
    Path file = folder.resolve("tasks.yaml");
    CommandLineRun.oa("init", file.toString()).succeeds();
    CommandLineRun run = CommandLineRun.oa("validate", file.toString()).succeeds();
    assertThat(run.out()).contains("2 tasks, valid", "nightly-snapshots", "next: ");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void neverOverwrites() throws IOException {
    Path file = folder.resolve("mine.yaml");
    Files.writeString(file, "precious");
    assertThat(CommandLineRun.oa("init", file.toString()).failsPlainly(2).err())
        .contains(file.toString(), "exists");
    assertThat(file).hasContent("precious");
  }

  @Test
  void namesAFolderThatIsMissing() {
    Path file = folder.resolve("none/tasks.yaml");
    assertThat(CommandLineRun.oa("init", file.toString()).failsPlainly(2).err()).contains("folder");
  }
}
