package io.opsautomator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ValidateCommandTest {
  @TempDir Path folder;

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content.replace("\\n", "\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          tasks: [                                                  ~ :1:
          tasks: 3                                                  ~ tasks
          job: []                                                   ~ job
          tasks:\\n - action: X                                     ~ name
          tasks:\\n - name: a                                       ~ action
          tasks:\\n - {name: a, action: Nothing}                    ~ Nothing
          tasks:\\n - {name: a, action: X, intervall: 0 1 * * *}    ~ intervall
          tasks:\\n - {name: a, action: X, interval: 0 25 * * *}    ~ ^
          tasks:\\n - {name: a, action: X, timezone: Europe/Berln}  ~ Europe/Berlin
          tasks:\\n - {name: a, action: X, tagFilter: 'A=('}        ~ tagFilter
          tasks:\\n - {name: a, action: X, attributes: 'size > 100'}  ~ `100`
          tasks:\\n - {name: a, action: X, regions: mars-1}         ~ mars-1
          tasks:\\n - {name: a, action: X, accounts: '12'}          ~ 12 digits
          """)
  void namesFileLineFieldAndRemedy(String content, String mentioned) throws IOException {
    Path file = file("bad.yaml", content);
    CommandLineRun run = CommandLineRun.oa("validate", file.toString()).failsPlainly(2);
    assertThat(run.err()).contains("error: " + file + ":").contains(mentioned);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void tellsAllProblemsOfAllFilesAtOnce() throws IOException {
    Path one =
        file(
            "one.yaml",
            "tasks:\n - {name: a, action: X, enabled: perhaps}\n - {name: c, action: None}");
    Path two = file("two.json", "{\"tasks\": [{\"name\": \"b\"}]}");
    CommandLineRun run = CommandLineRun.oa("validate", one.toString(), two.toString());
    assertThat(run.failsPlainly(2).err())
        .contains(one + ":2:", "perhaps", "'X'", "None", two + ":1:", "3 problems", "1 problem");
  }

  @Test
  void tellsWarningsBesideProblems() throws IOException {
    Path file =
        file(
            "odd.yaml",
            "tasks:\n - name: a\n   action: Ec2StopInstances\n   timeout: 12s\n"
                + "   attributes: instanceTyp != 't3.micro'\n");
    assertThat(CommandLineRun.oa("validate", file.toString()).failsPlainly(2).err())
        .contains("error: " + file + ":4:", "'12s' is not at least one minute")
        .contains("warning: " + file + ":5:", "'instanceTyp' is no attribute", "'instanceType'");
  }

  @Test
  void namesAFileThatIsMissing() {
    CommandLineRun run = CommandLineRun.oa("validate", folder.resolve("none.yaml").toString());
    assertThat(run.failsPlainly(2).err()).contains("none.yaml", "no such file");
  }

  @Test
  void aFolderOrBinaryIsNoTaskFile() throws IOException {
    assertThat(CommandLineRun.oa("validate", folder.toString()).failsPlainly(2).err())
        .contains(folder.toString());
    Path binary = Files.write(folder.resolve("b.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThat(CommandLineRun.oa("validate", binary.toString()).failsPlainly(2).err())
        .contains("b.yaml");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      textBlock =
          """
          interval: 0 0 30 2 *            ~ it can never fire
          tagFilter: a & !a               ~ matches nothing: 'a' and '!a' exclude each other
          tagFilter: 'OpsAutomator:opt-out' ~ keeps tasks away
          tagFilter: Env=prod             ~ selects what the deny list keeps away
          accounts: '999999999999'        ~ the deny list has 999999999999: every run
          attributes: stat=='running'     ~ 'stat' is no attribute of ec2:Instances; did you mean 'state'
          attributes: '`false`'           ~ looks at no attribute: it selects nothing
          """)
  void oa3_aTaskThatCanNeverFireOrMatchIsWarnedOf(String field, String warning) throws IOException {
    Path bounds =
        file("bounds.yaml", "deny:\n  accounts: ['999999999999']\n  tags: ['Env=prod']\n");
    Path file =
        file("t.yaml", "tasks:\n - name: a\n   action: Ec2StopInstances\n   " + field + "\n");
    CommandLineRun run =
        CommandLineRun.oa("validate", file.toString(), "--safeguards", bounds.toString());
    assertThat(run.succeeds().err()).contains("warning: " + file + ":4:").contains(warning);
  }

  @Test
  void printsTheVerdictAsJson() throws IOException {
    Path file = file("bad.yaml", "tasks:\n - {name: a, action: None}\n");
    CommandLineRun run = CommandLineRun.oa("validate", "--json", file.toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(Json.read(run.out()).get(0).get("valid").asBoolean()).isFalse();
    assertThat(Json.read(run.out()).get(0).get("problems").get(0).get("line").asInt()).isEqualTo(2);
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "careful-stop.yaml",
        "patient-start.yaml",
        "nightly-snapshots.yaml",
        "office-hours.yaml",
        "retention.json",
        "snapshot-life-cycle.yaml"
      })
  void theExamplesAreValid(String example) {
    String bounds = "../oa-examples/safeguards.yaml";
    CommandLineRun.oa("validate", "../oa-examples/" + example, "--safeguards", bounds).succeeds();
  }
}
