package io.opsautomator.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.resource.ArnPattern;
import io.opsautomator.resource.Denylist;
import io.opsautomator.resource.Scope.AccountId;
import io.opsautomator.resource.TagFilter;
import io.opsautomator.task.SafeguardsFile.Parsed;
import io.opsautomator.task.TaskFile.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SafeguardsFileTest {
  private static final Safeguards ALL =
      new Safeguards(
          new Denylist(
              Set.of(new AccountId("111122223333"), new AccountId("012345678901")),
              List.of(TagFilter.ofTask("env=prod"), TagFilter.ofTask("a,b=c")),
              List.of(ArnPattern.parse("arn:*:ec2:*:*:instance/i-0a*"))),
          Optional.of(new Budget(500, Duration.ofHours(24))));

  private static List<String> told(String content) {
    Parsed parsed = SafeguardsFile.parse("s.yaml", content);
    assertThat(parsed.safeguards()).isEmpty();
    assertThat(parsed.valid()).isFalse();
    return parsed.problems().stream().map(Problem::toString).toList();
  }

  @Test
  void readsEverything() {
    Parsed parsed =
        SafeguardsFile.parse(
            "s.yaml",
            """
            deny:
              accounts: [111122223333, 012345678901]
              tags:
                - env=prod
                - a,b=c
              resources: ['arn:*:ec2:*:*:instance/i-0a*']
            budget: {resources: 500, per: 24h}
            """);
    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.safeguards()).contains(ALL);
  }

  @Test
  void readsTheSameFromJson() {
    Parsed parsed =
        SafeguardsFile.parse(
            "s.json",
            """
            {"deny": {"accounts": ["111122223333", "012345678901"], "tags": ["env=prod", "a,b=c"],
              "resources": "arn:*:ec2:*:*:instance/i-0a*"},
             "budget": {"resources": 500, "per": "PT24H"}}
            """);
    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.safeguards()).contains(ALL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing yet\n", "deny:\nbudget:\n", "deny: {tags: []}", "{}"})
  void whatIsNotThereLaysDownNothing(String content) {
    assertThat(SafeguardsFile.parse("s.yaml", content).safeguards()).contains(Safeguards.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "denny: {}|1:1: denny: is unknown; known: deny, budget; did you mean 'deny'?",
        "deny: {account: ['111122223333']}"
            + "|1:8: deny.account: is unknown; known: accounts, tags, resources; did you mean",
        "deny: [a]|1:7: deny: is a list; a map of accounts, tags, resources is wanted",
        "[a]|1:1: is a list; a map of deny, budget is wanted",
        "deny: {accounts: [12345]}"
            + "|1:19: deny.accounts[0]: '12345' is not an account number of 12 digits",
        "deny: {accounts: {a: b}}|1:18: deny.accounts: is a map; a list is wanted",
        "deny: {accounts: [[a]]}|1:19: deny.accounts[0]: is a list; a text is wanted",
        "deny: {accounts: ['']}|1:19: deny.accounts[0]: '' is not an account number",
        "deny: {tags: ['env=(']}|1:20: deny.tags[0]: ",
        "deny: {resources: ['arn:*:ec2:*:123:x']}"
            + "|1:33: deny.resources[0]: an account has 12 digits, and this could never match",
        "deny: {resources: [i-1]}|1:23: deny.resources[0]: an ARN pattern has six parts",
        "budget: 500|1:9: budget: is a number; a map of resources, per is wanted",
        "budget: {resources: 500}|1:9: budget.per: is missing; a budget is so many resources per",
        "budget: {per: 24h}|1:9: budget.resources: is missing; a budget is",
        "budget: {resources: 0, per: 1h}"
            + "|1:21: budget.resources: '0' is not a whole number of at least 1",
        "budget: {resources: 5%, per: 1h}|1:21: budget.resources: '5%' is not a whole number",
        "budget: {resources: 5, per: day}"
            + "|1:29: budget.per: 'day' is neither a whole number of minutes nor a duration such"
            + " as 30s, 90m, 24h, 7d or PT1H30M",
        "budget: {resources: 5, per: 0}"
            + "|1:29: budget.per: 'PT0S' is not a length of whole seconds from one minute to 366",
        "budget: {resources: 5, per: [1h]}|1:29: budget.per: a list is neither a whole number",
        "'deny: {tags: [a], tags: [b]}'|1:19: deny.tags: 'tags' is given twice, first in line 1"
      })
  void whatIsWrongIsToldWithItsPlaceAndWhatIsAllowed(String content, String problem) {
    assertThat(told(content)).singleElement().asString().startsWith("s.yaml:" + problem);
  }

  @Test
  void allThatIsWrongIsToldAtOnceInTheOrderOfTheFile() {
    assertThat(
            told(
                """
                budget: {resources: many}
                deny:
                  resources: [x]
                  accounts: [1, 2]
                  tag: a
                """))
        .extracting(told -> told.split(": ")[1])
        .containsExactly(
            "budget.per",
            "budget.resources",
            "deny.resources[0]",
            "deny.accounts[0]",
            "deny.accounts[1]",
            "deny.tag");
  }

  @Test
  void aFilterThatSurprisesIsAWarning() {
    Parsed parsed = SafeguardsFile.parse("s.yaml", "deny: {tags: ['!env=prod']}");
    assertThat(parsed.valid()).isTrue();
    assertThat(parsed.warnings()).isNotEmpty().allMatch(w -> w.field().equals("deny.tags[0]"));
  }

  @Test
  void aFileThatIsMissingOrBrokenIsAProblemAndNotAnAbsenceOfSafeguards(@TempDir Path folder)
      throws IOException {
    Parsed missing = SafeguardsFile.read(folder.resolve("s.yaml"));
    assertThat(missing.safeguards()).isEmpty();
    assertThat(missing.problems())
        .extracting(Problem::message)
        .containsExactly("there is no such file");
    Path broken = Files.writeString(folder.resolve("b.yaml"), "deny: {");
    assertThat(SafeguardsFile.read(broken).safeguards()).isEmpty();
    Path good = Files.writeString(folder.resolve("g.yaml"), "budget: {resources: 5, per: 1h}");
    assertThat(SafeguardsFile.read(good).safeguards().orElseThrow().budget())
        .contains(new Budget(5, Duration.ofHours(1)));
  }
}
