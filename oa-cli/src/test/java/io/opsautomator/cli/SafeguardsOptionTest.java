package io.opsautomator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.task.Safeguards;
import io.opsautomator.task.SafeguardsFile.Parsed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SafeguardsOptionTest {
  @TempDir Path folder;

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("safeguards.yaml"), content);
  }

  private Path tasks() {
    Path tasks = folder.resolve("tasks.yaml");
    CommandLineRun.oa("init", tasks.toString()).succeeds();
    return tasks;
  }

  @Test
  void theUsualFileIsReadIfItIsThere() throws IOException {
    assertThat(new SafeguardsOption(folder.resolve("safeguards.yaml")).parsed()).isEmpty();
    Path file = file("budget: {resources: 5, per: 1h}");
    Parsed parsed = new SafeguardsOption(file).parsed().orElseThrow();
    assertThat(parsed.safeguards().orElseThrow().budget()).isPresent();
  }

  @Test
  void aUsualFileThatLeadsNowhereIsAProblemAndNotAnAbsence() throws IOException {
    Path link = folder.resolve("safeguards.yaml");
    Files.createSymbolicLink(link, folder.resolve("gone.yaml"));
    assertThat(new SafeguardsOption(link).parsed().orElseThrow().valid()).isFalse();
  }

  @Test
  void aFileThatIsNamedMustBeThere() {
    String none = folder.resolve("none.yaml").toString();
    CommandLineRun run = CommandLineRun.oa("validate", tasks().toString(), "--safeguards", none);
    assertThat(run.failsPlainly(2).err()).contains("none.yaml", "no such file", "1 problem");
  }

  @Test
  void validateChecksItBesideTheTaskFiles() throws IOException {
    String tasks = tasks().toString();
    String good =
        file("deny: {accounts: ['111122223333'], tags: [env=prod, a=b]}\n"
                + "budget: {resources: 5, per: 24h}")
            .toString();
    CommandLineRun run = CommandLineRun.oa("validate", tasks, "--safeguards", good).succeeds();
    assertThat(run.out())
        .contains("2 tasks, valid")
        .contains(good + ": out of bounds: 1 account, 2 tag filters; 5 resources in PT24H, valid");
    String bad = file("deny: {account: [1]}").toString();
    CommandLineRun wrong = CommandLineRun.oa("validate", tasks, "--safeguards", bad);
    assertThat(wrong.failsPlainly(2).err())
        .contains(bad + ":1:8: deny.account: is unknown", "did you mean 'accounts'?");
    assertThat(wrong.out()).contains("2 tasks, valid");
  }

  @Test
  void validatePrintsItAsJsonToo() throws IOException {
    String bad = file("budget: {resources: 5}").toString();
    CommandLineRun run =
        CommandLineRun.oa("validate", tasks().toString(), "--safeguards", bad, "--json");
    assertThat(run.status()).isEqualTo(2);
    assertThat(Json.read(run.out()).get(0).get("tasks").get(0).get("next").isArray()).isTrue();
    assertThat(Json.read(run.out()).get(1).get("problems").get(0).get("field").asText())
        .isEqualTo("budget.per");
  }

  @Test
  void whatInitWritesLaysDownNothingUntilItIsEdited() throws IOException {
    Path file = tasks().resolveSibling("safeguards.yaml");
    Parsed asWritten = new SafeguardsOption(file).parsed().orElseThrow();
    assertThat(asWritten.safeguards()).contains(Safeguards.NONE);
    assertThat(SafeguardsOption.inWords(Safeguards.NONE)).isEqualTo("nothing is out of bounds");
    String edited = Files.readString(file).replaceAll("(?m)^# (?= |deny|budget)", "");
    Parsed parsed = new SafeguardsOption(file(edited)).parsed().orElseThrow();
    assertThat(parsed.problems()).isEmpty();
    assertThat(SafeguardsOption.inWords(parsed.safeguards().orElseThrow()))
        .isEqualTo(
            "out of bounds: 1 account, 2 tag filters, 1 ARN pattern; 500 resources in PT24H");
  }

  @Test
  void initLeavesAFileThatIsThereAsItIs() throws IOException {
    Path file = file("# mine\n");
    assertThat(CommandLineRun.oa("init", tasks().resolveSibling("more.yaml").toString()).out())
        .doesNotContain("no task may do");
    assertThat(file).hasContent("# mine");
  }
}
