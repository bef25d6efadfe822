package io.opsautomator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsautomator.action.Deadline;
import io.opsautomator.action.Invocation;
import io.opsautomator.aws.AwsConnection;
import io.opsautomator.resource.Scope;
import io.opsautomator.testkit.aws.AwsEndpoint;
import io.opsautomator.testkit.aws.EmulatedAws;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

/** What an operator sees of limits, and does about them: three instances of one account. */
@ExtendWith(AwsEndpoint.class)
final class LimitsOnEmulatorTest {
  private static final Pattern APPROVE = Pattern.compile("oa approve (\\w+)");

  @TempDir Path folder;
  private final String endpoint;
  private final AwsConnection connection;
  private final Scope scope;

  LimitsOnEmulatorTest(EmulatedAws emulated) {
    endpoint = emulated.address().toString();
    connection = emulated.aws().connect();
    scope = Scope.of(emulated.newAccount(), "eu-west-1");
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

  @BeforeEach
  void threeInstances() {
    Ec2Client ec2 = ec2();
    String image = ec2.describeImages(r -> r.owners("amazon")).images().get(0).imageId();
    TagSpecification tags =
        TagSpecification.builder()
            .resourceType(ResourceType.INSTANCE)
            .tags(Tag.builder().key("Backup").value("daily").build())
            .build();
    ec2.runInstances(r -> r.imageId(image).minCount(3).maxCount(3).tagSpecifications(tags));
  }

  private Ec2Client ec2() {
    return connection.clients().client(Ec2Client.class, new Anybody(scope));
  }

  @AfterEach
  void close() {
    connection.close();
  }

  private long snapshots() {
    Filter made = Filter.builder().name("tag:Task").values("take").build();
    return ec2().describeSnapshots(r -> r.filters(made)).snapshots().size();
  }

  private String tasks(String limits) throws IOException {
    String task =
        """
        tasks:
          - name: take
            action: Ec2CreateSnapshot
            thisAccount: no
            accounts: ["%s"]
            crossAccountRole: OpsAutomator
            regions: eu-west-1
            tagFilter: Backup=daily
            parameters: {SnapshotTags: "Task={task}"}
        """
            .formatted(scope.account().value());
    return Files.writeString(folder.resolve("take.yaml"), task + limits.indent(4)).toString();
  }

  private String safeguards(String content) throws IOException {
    return Files.writeString(folder.resolve("bounds.yaml"), content).toString();
  }

  private String store() {
    return folder.resolve("store").toString();
  }

  private String[] run(String... arguments) {
    return java.util.stream.Stream.concat(
            java.util.Arrays.stream(arguments),
            java.util.stream.Stream.of("--endpoint", endpoint, "--store", store()))
        .toArray(String[]::new);
  }

  @Test
  void moreThanATaskMaySelectIsNotStartedAndSaidSoBeforehandToo() throws IOException {
    String file = tasks("maxResources: 2");
    String why = "nothing was started: 3 resources were selected, and maxResources is 2";
    assertThat(CommandLineRun.oa(run("plan", file)).failsPlainly(1).out())
        .contains("problem: 3 resources were selected, and maxResources is 2");
    assertThat(CommandLineRun.oa(run("run", file)).failsPlainly(1).out()).contains(why);
    String id =
        Json.read(CommandLineRun.oa("history", "--store", store(), "--json").out())
            .get(0)
            .get("run")
            .asText();
    assertThat(CommandLineRun.oa(run("redrive", id)).failsPlainly(1).err())
        .contains("was begun, so run its task instead", why);
    assertThat(CommandLineRun.oa(run("approve", id)).failsPlainly(1).err())
        .contains("has ended: it is failed", "nothing left to approve");
    assertThat(snapshots()).isZero();
  }

  @Test
  void aPercentageIsOfAllThatThereIsAndNotOfWhatHasTheTag() throws IOException {
    String image = ec2().describeImages(r -> r.owners("amazon")).images().get(0).imageId();
    ec2().runInstances(r -> r.imageId(image).minCount(9).maxCount(9));
    CommandLineRun plan = CommandLineRun.oa(run("plan", tasks("maxResources: 25%")));
    assertThat(plan.succeeds().out()).contains("take: 3 executions on 3 resources");
  }

  @Test
  void noTaskGetsPastTheSafeguards() throws IOException {
    String file = tasks("");
    String bounds = safeguards("deny: {tags: [Backup=dai*]}");
    assertThat(CommandLineRun.oa(run("run", file, "--safeguards", bounds)).succeeds().out())
        .contains("nothing was selected");
    bounds = safeguards("deny: {accounts: ['" + scope.account().value() + "']}");
    assertThat(CommandLineRun.oa(run("run", file, "--safeguards", bounds)).failsPlainly(1).out())
        .contains("on the deny list", scope.account().value());
    bounds = safeguards("budget: {resources: 2, per: 24h}");
    assertThat(CommandLineRun.oa(run("plan", file, "--safeguards", bounds)).failsPlainly(1).out())
        .contains("3 resources were selected", "only 2 are left");
    assertThat(snapshots()).isZero();
    bounds = safeguards("deny: {account: ['1']}");
    assertThat(CommandLineRun.oa(run("run", file, "--safeguards", bounds)).failsPlainly(2).err())
        .contains("deny.account: is unknown", "1 problem");
  }

  /** Tells when a run waits for a person. */
  private static final class Listening extends StringWriter {
    private final CountDownLatch waits = new CountDownLatch(1);

    @Override
    public void write(String text, int from, int length) {
      super.write(text, from, length);
      if (APPROVE.matcher(toString()).find()) {
        waits.countDown();
      }
    }

    String run() throws InterruptedException {
      assertThat(waits.await(2, TimeUnit.MINUTES)).as(toString()).isTrue();
      Matcher found = APPROVE.matcher(toString());
      assertThat(found.find()).isTrue();
      return found.group(1);
    }
  }

  private CompletableFuture<Integer> inBackground(Listening heard, String... arguments) {
    Surroundings world =
        new Surroundings(
            new BufferedReader(new StringReader("")),
            new PrintWriter(new StringWriter()),
            new PrintWriter(heard),
            Surroundings.Terminals.NONE,
            Map.of(),
            InstantSource.system());
    return CompletableFuture.supplyAsync(() -> Oa.run(world, arguments));
  }

  @Test
  void aPersonAtAnotherTerminalLetsTheNextWaveGo() throws Exception {
    String file = tasks("canary: 1\napprove: yes\nmaxErrors: 1");
    Listening heard = new Listening();
    CompletableFuture<Integer> running = inBackground(heard, run("run", file));
    String id = heard.run();
    assertThat(snapshots()).isEqualTo(1);
    assertThat(CommandLineRun.oa("history", "--store", store()).succeeds().out())
        .contains("wave 1 is through; the next one waits", "oa approve " + id);
    assertThat(CommandLineRun.oa(run("redrive", id)).failsPlainly(1).err())
        .contains("only what has failed can be done again");
    assertThat(CommandLineRun.oa(run("approve", id.substring(0, 12))).succeeds().out())
        .contains("The next wave goes");
    assertThat(running.get(2, TimeUnit.MINUTES)).isZero();
    assertThat(snapshots()).isEqualTo(3);
    JsonNode history = Json.read(CommandLineRun.oa("history", "--store", store(), "--json").out());
    assertThat(history.get(0).get("state").asText()).isEqualTo("COMPLETE");
  }

  @Test
  void aPersonAtAnotherTerminalCancelsARunThatIsAtWork() throws Exception {
    String file = tasks("canary: 1\napprove: yes\nmaxErrors: 1");
    Listening heard = new Listening();
    CompletableFuture<Integer> running = inBackground(heard, run("run", file));
    String id = heard.run();
    String waiting = waitingExecution(id);
    assertThat(CommandLineRun.oa(run("cancel", waiting)).succeeds().out())
        .contains("It is cancelled");
    assertThat(CommandLineRun.oa(run("cancel", waiting)).failsPlainly(1).err())
        .contains("has ended: it is CANCELLED");
    CommandLineRun.oa(run("cancel", id.substring(0, 12), "--because", "wrong week")).succeeds();
    assertThat(running.get(2, TimeUnit.MINUTES)).isEqualTo(1);
    assertThat(snapshots()).isEqualTo(1);
    assertThat(CommandLineRun.oa("history", "--store", store()).succeeds().out())
        .contains("cancelled", "wrong week");
    JsonNode history = Json.read(CommandLineRun.oa("history", "--store", store(), "--json").out());
    assertThat(history.get(0).get("failed").asInt()).isZero();
    assertThat(history.get(0).get("cancelled").asInt()).isPositive();
    assertThat(CommandLineRun.oa(run("cancel", id)).failsPlainly(1).err())
        .contains("nothing left to cancel");
    for (String command : List.of("approve", "cancel", "redrive")) {
      CommandLineRun late = CommandLineRun.oa(command, id, "--store", store());
      assertThat(late.failsPlainly(1).err()).contains("there is nothing left to " + command);
    }
    assertThat(CommandLineRun.oa(run("cancel", "none")).failsPlainly(2).err())
        .contains("there is no run none");
  }

  private String waitingExecution(String run) {
    JsonNode one =
        Json.read(CommandLineRun.oa("history", "--run", run, "--store", store(), "--json").out());
    for (JsonNode execution : one.path("executions")) {
      if (execution.path("status").asText().equals("WAITING")) {
        return execution.path("execution").asText();
      }
    }
    throw new AssertionError("nothing waits: " + one);
  }

  @Test
  void aRunTakesOtherParametersThisOnce() throws IOException {
    String file = tasks("");
    assertThat(CommandLineRun.oa(run("plan", file, "--filter", "Backup=none")).succeeds().out())
        .contains("take: 0 executions");
    file = tasks("taskNotifications: yes");
    CommandLineRun.oa(run("run", file, "--with", "snapshot_tags=Task={task},Once=yes")).succeeds();
    assertThat(Files.readString(folder.resolve("store/notifications.jsonl")).lines())
        .satisfiesExactly(
            began -> assertThat(began).contains("run-started"),
            ended -> assertThat(ended).contains("run-ended", "\"state\":\"COMPLETE\""));
    Filter once = Filter.builder().name("tag:Once").values("yes").build();
    assertThat(ec2().describeSnapshots(r -> r.filters(once)).snapshots()).hasSize(3);
    assertThat(CommandLineRun.oa("history", "--store", store()).succeeds().out())
        .contains("asked: snapshot_tags=Task={task},Once=yes");
  }
}
