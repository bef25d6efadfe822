package io.opsautomator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.cli.Surroundings.Terminals;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
