package io.opsautomator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.cli.Surroundings.Terminals;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class OaTest {
  private static final Terminals ALL = new Terminals(true, true, true);

  @Test
  void tellsItsVersion() {
    assertThat(CommandLineRun.oa("--version").succeeds().out()).startsWith("oa ");
  }

  @Test
  void withoutACommandItTellsWhatThereIs() {
    assertThat(CommandLineRun.oa().succeeds().out())
        .contains("init", "validate", "actions", "check")
        .doesNotContain("rehearse");
  }

  @Test
  void theFirstLineAboutEachCommandIsShortAndWhole() {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    BufferedReader nobody = new BufferedReader(new StringReader(""));
    InstantSource clock = InstantSource.system();
    Surroundings world =
        new Surroundings(nobody, nowhere, nowhere, Terminals.NONE, Map.of(), clock);
    assertThat(Oa.commandLine(world).getSubcommands().values())
        .map(CommandLine::getCommandSpec)
        .filteredOn(command -> !command.usageMessage().hidden())
        .extracting(command -> command.usageMessage().description()[0])
        .hasSizeGreaterThan(15)
        .allSatisfy(line -> assertThat(line).endsWith(".").hasSizeLessThan(95));
  }

  @Test
  void aMistypedCommandIsBadInputWithASuggestion() {
    assertThat(CommandLineRun.oa("valdate").failsPlainly(2).err()).contains("oa validate");
  }

  @Test
  void aMistypedOptionIsBadInput() {
    assertThat(CommandLineRun.oa("actions", "--jsno").failsPlainly(2).err()).contains("--jsno");
  }

  @Test
  void thereIsColourOnATerminalOnly() {
    assertThat(CommandLineRun.oa("--help").out()).doesNotContain("\u001b");
    assertThat(CommandLineRun.run("", ALL, Map.of(), "--help").out()).contains("\u001b[");
    assertThat(CommandLineRun.run("", ALL, Map.of("NO_COLOR", "1"), "--help").out())
        .doesNotContain("\u001b");
    assertThat(CommandLineRun.run("", ALL, Map.of("TERM", "dumb"), "valdate").err())
        .doesNotContain("\u001b");
  }

  @Test
  void rehearsingPrintsNothing() {
    assertThat(CommandLineRun.oa("rehearse").succeeds().out()).isEmpty();
  }
}
