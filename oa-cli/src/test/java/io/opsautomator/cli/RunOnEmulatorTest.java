package io.opsautomator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsautomator.action.Deadline;
import io.opsautomator.action.Invocation;
import io.opsautomator.aws.AwsConnection;
import io.opsautomator.resource.Scope;
import io.opsautomator.testkit.aws.AwsEndpoint;
import io.opsautomator.testkit.aws.EmulatedAws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** The example of a snapshot's whole life, in two accounts and two regions of an emulator. */
@ExtendWith(AwsEndpoint.class)
final class RunOnEmulatorTest {
  private static final List<String> REGIONS = List.of("eu-west-1", "us-east-1");

  @TempDir Path folder;
  private final String endpoint;
  private final AwsConnection connection;
  private final List<String> accounts;

  RunOnEmulatorTest(EmulatedAws emulated) {
    endpoint = emulated.address().toString();
    connection = emulated.aws().connect();
    accounts = List.of(emulated.newAccount(), emulated.newAccount());
  }

  private record Anybody(Scope scope) implements Invocation {
    @Override
    public Deadline deadline() {
      InstantSource clock = InstantSource.system();
      return new Deadline(clock.instant().plus(Duration.ofMinutes(1)), clock);
    }

    @Override
    public boolean mayMutate() {
      return true;
    }

    @Override
    public Invocation in(Scope elsewhere) {
      return new Anybody(elsewhere);
    }
  }

  private Stream<Scope> scopes() {
    return accounts.stream().flatMap(a -> REGIONS.stream().map(region -> Scope.of(a, region)));
  }

  private Ec2Client ec2(Scope scope) {
    return connection.clients().client(Ec2Client.class, new Anybody(scope));
  }

  @BeforeEach
  void anInstanceEverywhere() {
    scopes().forEach(scope -> launch(ec2(scope)));
  }

  private static void launch(Ec2Client ec2) {
    String image = ec2.describeImages(r -> r.owners("amazon")).images().get(0).imageId();
    TagSpecification tags =
        TagSpecification.builder()
            .resourceType(ResourceType.INSTANCE)
            .tags(Tag.builder().key("Backup").value("daily").build())
            .build();
    ec2.runInstances(r -> r.imageId(image).minCount(1).maxCount(1).tagSpecifications(tags));
  }

  @AfterEach
  void close() {
    connection.close();
  }

  private Path example() throws IOException {
    String text =
        Files.readString(Path.of("../oa-examples/snapshot-life-cycle.yaml"))
            .replace("111111111111", accounts.get(0))
            .replace("222222222222", accounts.get(1));
    return Files.writeString(folder.resolve("life.yaml"), text);
  }

  /** Those that the example has made: the emulator has some of its own. */
  private long snapshots() {
    Filter made = Filter.builder().name("tag:Task").values("take").build();
    return scopes()
        .mapToLong(s -> ec2(s).describeSnapshots(r -> r.filters(made)).snapshots().size())
        .sum();
  }

  @Test
  void aPlanShowsTheStepsAndChangesNothing() throws IOException {
    CommandLineRun run = CommandLineRun.oa("plan", example().toString(), "--endpoint", endpoint);
    assertThat(run.succeeds().out())
        .contains("take: 4 executions on 4 resources")
        .contains(accounts.get(0) + "/eu-west-1: 1", accounts.get(1) + "/us-east-1: 1");
    assertThat(snapshots()).isZero();
  }

  @Test
  void runsInTwoAccountsAndTwoRegionsAndKeepsTheHistory() throws IOException {
    String file = example().toString();
    String store = folder.resolve("store").toString();
    for (int night = 1; night <= 3; night++) {
      CommandLineRun run =
          CommandLineRun.oa("run", file, "--endpoint", endpoint, "--store", store).succeeds();
      assertThat(run.out()).contains("take", "complete", "audit.jsonl");
      assertThat(snapshots()).isEqualTo(Math.min(night, 2) * 4L);
    }
    JsonNode runs =
        Json.read(CommandLineRun.oa("history", "take", "--store", store, "--json").out());
    assertThat(runs).hasSize(3);
    assertThat(runs.findValuesAsText("succeeded")).containsOnly("4");
    String id = runs.get(0).get("run").asText();
    CommandLineRun one =
        CommandLineRun.oa("history", "--run", id.substring(0, 12), "--store", store).succeeds();
    assertThat(one.out()).contains(id, "succeeded", "i-", accounts.get(1) + "/us-east-1");
  }

  @Test
  void tellsWhoItIs() {
    CommandLineRun run =
        CommandLineRun.oa(
            "whoami",
            "--endpoint",
            endpoint,
            "--role",
            "OpsAutomator",
            "--account",
            accounts.get(0),
            "--json");
    JsonNode facts = Json.read(run.succeeds().out());
    assertThat(facts.get("identity").asText()).startsWith("arn:aws");
    assertThat(facts.get("in " + accounts.get(0)).asText()).contains("eu-west-1");
    assertThat(facts.get("clock").asText()).contains("against AWS");
  }
}
