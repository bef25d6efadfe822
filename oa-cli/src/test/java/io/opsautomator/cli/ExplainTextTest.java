package io.opsautomator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsautomator.plan.Verdict;
import io.opsautomator.resource.Exclusion;
import io.opsautomator.resource.Exclusion.Kind;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceType;
import io.opsautomator.resource.Scope;
import io.opsautomator.task.Task;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ExplainTextTest {
  private static final Scope HOME = Scope.of("111122223333", "eu-west-1");
  private static final Scope AWAY = Scope.of("111122223333", "us-east-2");
  private static final Exclusion LACKS = Exclusion.of(Kind.TAG_FILTER, "lacks the tag backup");
  private static final Exclusion DEV =
      new Exclusion(Kind.TAG_FILTER, "does not have Env=prod", "Env=\u001b[31mdev");
  private static final Task TASK =
      Task.named("nightly").action("Ec2StopInstances").where("backup & Env=prod").build();

  private record Machine(String state) {
    static final ResourceType<Machine> TYPE =
        new ResourceType<>("ec2", "Instances", Machine.class, true)
            .withArn("arn:{partition}:ec2:{region}:{account}:instance/*");
  }

  private final StringWriter out = new StringWriter();
  private final Surroundings world =
      new Surroundings(
          new BufferedReader(new StringReader("")),
          new PrintWriter(out),
          new PrintWriter(new StringWriter()),
          Surroundings.Terminals.NONE,
          Map.of(),
          () -> CommandLineRun.NOW);

  private static Resource<?> machine(String id) {
    return new Resource<>(Machine.TYPE, id, HOME, Map.of("Env", "dev"), new Machine("running"));
  }

  private static Stream<Verdict> some() {
    return Stream.of(
        new Verdict.Selected(machine("i-1")),
        new Verdict.LeftOut(machine("i-2"), DEV),
        new Verdict.LeftOut(machine("i-3"), LACKS),
        new Verdict.LeftOut(machine("i-4"), LACKS),
        new Verdict.Listed(HOME, 4));
  }

  private int explain(boolean all, boolean json, Stream<Verdict> verdicts) {
    return new ExplainText(world, all, json).explain(List.of(TASK), task -> verdicts);
  }

  private int one(String sought, boolean json, Stream<Verdict> verdicts) {
    ExplainOneText text = new ExplainOneText(world, Catalog.offline(), Sought.of(sought), json);
    int status = text.explain(TASK, verdicts);
    text.end();
    return status;
  }

  @Test
  void resourcesAreGroupedByReasonTheMostFrequentFirst() {
    assertThat(explain(false, false, some())).isZero();
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(
            """
            nightly: 1 of 4 resources selected; listing complete (1 of 1 slices)
              1 selected
                i-1  111122223333/eu-west-1
              2 lack the tag backup
                i-3  111122223333/eu-west-1
                i-4  111122223333/eu-west-1
              1 does not have Env=prod
                i-2  111122223333/eu-west-1  (Env= [31mdev)

            """);
  }

  @Test
  void ofManyTheFirstAreShownUnlessAllAreAskedFor() {
    explain(false, false, many());
    assertThat(out.toString()).contains("25 lack the tag backup", "i-9 ", "and 15 more");
    out.getBuffer().setLength(0);
    explain(true, false, many());
    assertThat(out.toString()).contains("i-24  111122223333/eu-west-1  left out: lacks the tag");
  }

  private static Stream<Verdict> many() {
    return Stream.concat(
        IntStream.range(0, 25).mapToObj(i -> new Verdict.LeftOut(machine("i-" + i), LACKS)),
        Stream.of(new Verdict.Listed(HOME, 25)));
  }

  @Test
  void c7n2204_aListingThatIsCutShortIsIncompleteAndFails() {
    Stream<Verdict> cut =
        Stream.of(new Verdict.Listed(HOME, 0), new Verdict.Unreadable(AWAY, "Throttling: slowly"));
    assertThat(explain(false, false, cut)).isEqualTo(Failure.FAILED);
    assertThat(out.toString())
        .contains(
            "0 of 0 resources selected; listing incomplete (1 of 2 slices)",
            "us-east-2 was not listed: Throttling: slowly");
  }

  @Test
  void programsGetEveryResourceAndTheCounts() {
    explain(false, true, some());
    JsonNode task = Json.read(out.toString()).get(0);
    assertThat(task.get("resources")).hasSize(4);
    assertThat(task.get("resources").get(1).get("seen").asText()).contains("dev");
    assertThat(task.get("resources").get(0).get("selected").asBoolean()).isTrue();
    assertThat(task.get("leftOut").get(0).get("kind").asText()).isEqualTo("tag filter");
    assertThat(task.get("complete").asBoolean()).isTrue();
    assertThat(task.get("selected").asInt()).isEqualTo(1);
  }

  @Test
  void oneResourceIsToldQuestionByQuestion() {
    assertThat(one("i-2", false, some())).isZero();
    assertThat(out.toString())
        .contains("nightly: i-2 in 111122223333/eu-west-1 is left out")
        .containsPattern("deny list +not on it")
        .containsPattern("tag filter backup & Env=prod +does not have Env=prod \\(Env=")
        .containsPattern("action Ec2StopInstances +not asked any more");
  }

  @Test
  void anArnFindsItToo() {
    assertThat(one("arn:aws:ec2:eu-west-1:111122223333:instance/i-1", true, some())).isZero();
    JsonNode found = Json.read(out.toString()).get(0);
    assertThat(found.get("id").asText()).isEqualTo("i-1");
    assertThat(found.get("stages").get("action Ec2StopInstances").asText()).isEqualTo("takes it");
  }

  @Test
  void whatWasNotListedIsToldWithTheNearestIds() {
    assertThat(one("i-9", false, some())).isEqualTo(Failure.FAILED);
    assertThat(out.toString())
        .contains("i-9 is in none of the accounts and regions of the task (111122223333/eu-west-1)")
        .contains("did you mean i-1, i-2, i-3?");
  }

  @Test
  void anArnOfAnotherRegionIsToldToBeElsewhere() {
    one("arn:aws:ec2:us-east-2:111122223333:instance/i-1", false, some());
    assertThat(out.toString()).contains("the task does not list 111122223333/us-east-2");
  }

  @Test
  void whereAListingFailedNothingIsSaidToBeNowhere() {
    one("i-9", false, Stream.of(new Verdict.Unreadable(AWAY, "AccessDenied: no")));
    assertThat(out.toString())
        .contains("was not found where the task's listing came to its end", "AccessDenied: no")
        .doesNotContain("is in none");
  }
}
