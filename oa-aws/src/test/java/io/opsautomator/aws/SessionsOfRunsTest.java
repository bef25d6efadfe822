package io.opsautomator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.aws.StubHttp.Answer;
import io.opsautomator.aws.budget.ApiBudgets;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.store.Execution;
import io.opsautomator.store.InMemoryStore;
import io.opsautomator.store.Run;
import io.opsautomator.task.RetryPolicy;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Tag;

/** What becomes of runs in other accounts whose sessions end, or cannot be had any more. */
@Timeout(60)
final class SessionsOfRunsTest {
  private static final String GONE = "222233334444";
  private static final String FINE = "555566667777";
  private static final TaskName TASK = new TaskName("stop");
  private static final Tag TAG = Tag.builder().key("a").value("b").build();

  private final Map<String, AtomicInteger> assumed = new ConcurrentHashMap<>();
  private final Set<String> withdrawn = ConcurrentHashMap.newKeySet();
  private final Set<String> refusedKeys = ConcurrentHashMap.newKeySet();
  private final StubHttp wire = new StubHttp(this::answer);
  private volatile Instant now = Instant.parse("2026-03-02T12:00:00Z");
  private volatile Runnable afterStop = () -> {};

  /** An action without parameters. */
  public record Nothing() {}

  /** Two effects, between which anything may happen. */
  private record StopAndTag(AwsClients aws) implements Action<Nothing> {
    @Override
    public ActionMetadata<Nothing> metadata() {
      return ActionMetadata.of("StopAndTag", new Nothing())
          .titled("Stop and tag", "Stops an instance, then tags it")
          .version("1.0", "0f0c6c0e-3c59-4a4e-9a53-5c8d7f6f0b15")
          .selects(Instance.TYPE, Aggregation.RESOURCE)
          .limits(Duration.ofHours(1), Duration.ofMinutes(1), 0)
          .build();
    }

    @Override
    public Outcome execute(ActionContext<Nothing> ctx) {
      Ec2Client ec2 = aws.client(Ec2Client.class, ctx);
      ctx.effects().idempotent("stop", () -> ec2.stopInstances(r -> r.instanceIds("i-1")));
      ctx.effects().idempotent("tag", () -> ec2.createTags(r -> r.resources("i-1").tags(TAG)));
      return Outcome.of("i-1", Evidence.confirmed("stopped and tagged"));
    }
  }

  private Answer answer(StubHttp.Asked asked) {
    return switch (asked.action()) {
      case "GetCallerIdentity" -> new Answer(200, ME);
      case "AssumeRole" -> session(asked.form().get("RoleArn").replaceAll("\\D", ""));
      default ->
          refusedKeys.contains(asked.accessKey())
              ? StubHttp.ec2Error(400, "RequestExpired")
              : accepted(asked);
    };
  }

  private static final String ME =
      """
      <GetCallerIdentityResponse><GetCallerIdentityResult>
        <Arn>arn:aws:iam::111122223333:user/ops</Arn><Account>111122223333</Account>
      </GetCallerIdentityResult></GetCallerIdentityResponse>
      """;

  private Answer session(String account) {
    if (withdrawn.contains(account)) {
      return new Answer(
          403,
          "<ErrorResponse><Error><Code>AccessDenied</Code><Message>not authorized</Message>"
              + "</Error></ErrorResponse>");
    }
    int number = assumed.computeIfAbsent(account, a -> new AtomicInteger()).incrementAndGet();
    return new Answer(
        200,
        """
        <AssumeRoleResponse><AssumeRoleResult><Credentials>
          <AccessKeyId>%s-%d</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
          <SessionToken>t</SessionToken><Expiration>%s</Expiration>
        </Credentials></AssumeRoleResult></AssumeRoleResponse>
        """
            .formatted(account, number, now.plus(Duration.ofHours(1))));
  }

  private Answer accepted(StubHttp.Asked asked) {
    if (asked.action().equals("StopInstances")) {
      afterStop.run();
    }
    return asked.action().equals("DescribeInstances")
        ? new Answer(
            200,
            """
            <DescribeInstancesResponse><reservationSet><item><instancesSet><item>
              <instanceId>i-1</instanceId><instanceState><name>running</name></instanceState>
            </item></instancesSet></item></reservationSet></DescribeInstancesResponse>
            """)
        : new Answer(200, "<Response/>");
  }

  /** A run that has ended, and its executions. */
  private record Ended(Run run, List<Execution> executions) {}

  private Ended run(String... accounts) throws InterruptedException {
    try (AwsConnection connection = aws().connect();
        InMemoryStore store = new InMemoryStore();
        OpsAutomator engine =
            OpsAutomator.builder()
                .withoutDiscovery()
                .store(store)
                .install(connection)
                .action(new StopAndTag(connection.clients()))
                .task(task(accounts))
                .build()) {
      engine.work();
      RunId id = engine.run(TASK, "once");
      Run run = engine.await(id);
      return new Ended(run, engine.executions(id));
    }
  }

  private static Task task(String... accounts) {
    return Task.named(TASK.value())
        .action("StopAndTag")
        .where("*")
        .onlyOtherAccounts()
        .accounts(accounts)
        .regions("eu-west-1")
        .retry(
            RetryPolicy.DEFAULT.throttled(
                new RetryPolicy.Rule(0, Duration.ofMillis(1), Duration.ofMillis(5), false)))
        .build();
  }

  private Aws aws() {
    return Aws.defaults()
        .httpClient(wire)
        .region("eu-west-1")
        .role("Ops")
        .clock(() -> now)
        .budgets(ApiBudgets.off())
        .credentials(StaticCredentialsProvider.create(AwsBasicCredentials.create("own", "secret")));
  }

  private List<String> keysOf(String action) {
    return wire.asked().stream()
        .filter(asked -> asked.action().equals(action))
        .map(StubHttp.Asked::accessKey)
        .toList();
  }

  @Test
  void aTokenThatExpiresInTheMiddleOfAnExecutionIsReplacedAndNothingIsDoneTwice()
      throws InterruptedException {
    afterStop =
        () -> {
          refusedKeys.add(FINE + "-1");
          now = now.plusSeconds(60);
        };

    Ended ended = run(FINE);

    assertThat(ended.run().state()).isEqualTo(Run.State.COMPLETE);
    assertThat(keysOf("StopInstances")).containsExactly(FINE + "-1");
    assertThat(keysOf("CreateTags")).containsExactly(FINE + "-1", FINE + "-2");
  }

  @Test
  void w60_aSessionWhoseHourIsOverInTheMiddleOfAnExecutionIsRenewedBeforeTheNextCall()
      throws InterruptedException {
    afterStop = () -> now = now.plus(Duration.ofMinutes(56));

    Ended ended = run(FINE);

    assertThat(ended.run().state()).isEqualTo(Run.State.COMPLETE);
    assertThat(keysOf("CreateTags")).containsExactly(FINE + "-2");
  }

  @Test
  void anAccountWhosePermissionIsLostIsToldOfAndTheOthersAreWorkedOn() throws InterruptedException {
    withdrawn.add(GONE);

    Ended ended = run(GONE, FINE);

    assertThat(ended.run().state()).isEqualTo(Run.State.PARTIAL);
    assertThat(ended.run().summary().succeeded()).isEqualTo(1);
    assertThat(ended.run().summary().reason())
        .isEqualTo(
            "222233334444/eu-west-1 could not be listed: RoleNotAssumed: the role"
                + " arn:aws:iam::222233334444:role/Ops cannot be assumed: not authorized"
                + " (AccessDenied); it must exist, its trust policy must name this process's"
                + " identity without external id, and that identity must be allowed"
                + " sts:AssumeRole on it");
  }

  @Test
  void aPermissionThatIsLostInTheMiddleOfAnExecutionEndsItWithWhatIsToBeDone()
      throws InterruptedException {
    afterStop =
        () -> {
          withdrawn.add(FINE);
          now = now.plus(Duration.ofHours(1));
        };

    Ended ended = run(FINE);

    assertThat(ended.run().state()).isEqualTo(Run.State.FAILED);
    assertThat(ended.executions())
        .singleElement()
        .satisfies(
            execution ->
                assertThat(execution.toString())
                    .contains("RoleNotAssumed")
                    .contains("arn:aws:iam::555566667777:role/Ops cannot be assumed"));
    assertThat(keysOf("CreateTags")).isEmpty();
  }
}
