package io.opsautomator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.cli.Surroundings.Terminals;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs no AWS: how commands refuse, and how they fail when nobody answers. */
final class RunCommandTest {
  private static final String EXAMPLE = "../oa-examples/office-hours.yaml";
  @TempDir Path folder;

  @Test
  void withoutATerminalARealAccountNeedsYes() {
    assertThat(CommandLineRun.oa("run", EXAMPLE).failsPlainly(2).err()).contains("--yes");
  }

  @Test
  void aPipedAnswerIsNoTerminal() {
    Terminals outputOnly = new Terminals(false, true, true);
    CommandLineRun run =
        CommandLineRun.run("y\n", outputOnly, java.util.Map.of("NO_COLOR", "1"), "run", EXAMPLE);
    assertThat(run.failsPlainly(2).err()).contains("--yes");
  }

  @Test
  void anEndpointElsewhereIsAsRealAsAws() {
    CommandLineRun run = CommandLineRun.oa("run", EXAMPLE, "--endpoint", "http://example.com");
    assertThat(run.failsPlainly(2).err()).contains("--yes");
  }

  @Test
  void problemsOfTheFileComeFirst() throws IOException {
    Path file = Files.writeString(folder.resolve("bad.yaml"), "tasks:\n - {name: a}\n");
    assertThat(CommandLineRun.oa("run", file.toString()).failsPlainly(2).err())
        .contains("bad.yaml:2:", "action");
    assertThat(CommandLineRun.oa("plan", file.toString()).failsPlainly(2).err())
        .contains("bad.yaml:2:", "action");
  }

  @Test
  void aTaskThatIsNotInTheFileIsNamedWithThoseThatAre() {
    assertThat(CommandLineRun.oa("plan", EXAMPLE, "--task", "none").failsPlainly(2).err())
        .contains("'none'", "stop-in-the-evening");
  }

  @Test
  void whatARunIsToDoDifferentlyIsCheckedLikeATask() {
    String[] run = {"run", EXAMPLE, "--yes", "--task", "stop-in-the-evening"};
    assertThat(with(run, "--with", "Hibernat=yes").err())
        .contains("parameters.Hibernat", "did you mean");
    assertThat(with(run, "--regions", "mars,eu-west-1", "--filter", "a=(").err())
        .contains("regions[0]", "'mars'", "tagFilter");
    assertThat(with(run, "--accounts", "this,12").err()).contains("accounts[0]", "'12'");
    assertThat(with(new String[] {"plan", EXAMPLE}, "--filter", "a=b").err()).contains("--task");
    assertThat(with(new String[] {"run", EXAMPLE}, "--watch", "--with", "a=b").err())
        .contains("--watch");
  }

  private static CommandLineRun with(String[] command, String... more) {
    return CommandLineRun.oa(
            Stream.concat(Arrays.stream(command), Arrays.stream(more)).toArray(String[]::new))
        .failsPlainly(2);
  }

  @Test
  void anEndpointThatDoesNotAnswerIsTold() throws IOException {
    String nobody = "http://127.0.0.1:" + freePort();
    String store = folder.resolve("store").toString();
    CommandLineRun run = CommandLineRun.oa("run", EXAMPLE, "--endpoint", nobody, "--store", store);
    assertThat(run.failsPlainly(1).err()).contains("nobody answers");
    assertThat(folder.resolve("store")).doesNotExist();
    assertThat(CommandLineRun.oa("plan", EXAMPLE, "--endpoint", nobody).failsPlainly(1).err())
        .contains("nobody answers");
    assertThat(CommandLineRun.oa("whoami", "--endpoint", nobody).failsPlainly(1).err())
        .contains("nobody answers");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void optionsThatAreWrongAreNamed() {
    assertThat(CommandLineRun.oa("whoami", "--endpoint", "ftp://x").failsPlainly(2).err())
        .contains("ftp://x");
    assertThat(CommandLineRun.oa("whoami", "--region", "mars").failsPlainly(2).err())
        .contains("mars");
    assertThat(CommandLineRun.oa("whoami", "--role", "a role").failsPlainly(2).err())
        .contains("a role");
  }

  @Test
  void historyOfAFolderWithoutAStoreIsBadInput() {
    assertThat(CommandLineRun.oa("history", "--store", folder.toString()).failsPlainly(2).err())
        .contains(folder.toString(), "--store");
    assertThat(CommandLineRun.oa("history", "--limit", "0").failsPlainly(2).err())
        .contains("--limit");
  }
}
