package io.opsautomator.awstests;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.aws.AwsConnection;
import io.opsautomator.aws.dynamodb.DynamoDbTable;
import io.opsautomator.aws.sqs.SqsQueues;
import io.opsautomator.resource.Scope;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Run;
import io.opsautomator.store.Store;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import io.opsautomator.testkit.aws.AwsEndpoint;
import io.opsautomator.testkit.aws.EmulatedAws;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Several processes on one table and one queue: two are killed in the middle of their work, one is
 * frozen until others have taken over what it was at, and then woken.
 */
@ExtendWith(AwsEndpoint.class)
final class FleetTest {
  /** {@code tools/soak fleet} sets it. */
  private static final int VISITORS = Integer.getInteger("oa.soak.fleet", 2_000);

  /** More than a build lets in. */
  private static final boolean SOAK = VISITORS > 2_000;

  /** With more in a region the emulator takes longer to list them than a call may take. */
  private static final List<Scope.Region> REGIONS =
      Stream.of(
              "eu-west-1",
              "eu-north-1",
              "eu-central-1",
              "us-east-1",
              "eu-west-2",
              "eu-west-3",
              "eu-south-1",
              "us-east-2",
              "us-west-1",
              "us-west-2",
              "ca-central-1",
              "sa-east-1",
              "ap-south-1",
              "ap-northeast-1",
              "ap-southeast-1",
              "ap-southeast-2")
          .limit(SOAK ? 16 : 4)
          .map(Scope.Region::new)
          .toList();

  /** The shortest, so that what a killed process leaves is taken over soon; longer for a soak. */
  private static final Duration LEASE = Duration.ofSeconds(SOAK ? 50 : 10);

  private static final TaskName TASK = new TaskName("visits");
  private static final GateKey GATE = new GateKey("action/Visit");
  private static final Duration PATIENCE = Duration.ofSeconds(240 + VISITORS / 5);

  private final DynamoDbClient dynamo = LocalDynamoDb.client();
  private final SqsClient sqs = LocalSqs.client();
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final Witness witness = new Witness(FleetWorker.LIMIT);
  private final Stopwatch watch = new Stopwatch();
  private final AwsConnection aws;
  private final EmulatedAccount account;
  private final FleetWorker.Place place;
  private final Fleet fleet;

  FleetTest(EmulatedAws emulated, @TempDir Path folder) throws IOException {
    aws = emulated.aws().connect();
    account = new EmulatedAccount(aws, new Scope.AccountId(emulated.newAccount()));
    place =
        new FleetWorker.Place(
            LocalDynamoDb.endpoint(),
            LocalSqs.endpoint(),
            emulated.address(),
            witness.door().address(),
            LocalDynamoDb.freshName(),
            LocalSqs.freshName(),
            LEASE);
    fleet = new Fleet(place, folder);
  }

  @AfterEach
  void close() {
    fleet.close();
    witness.close();
    pool.shutdownNow();
    aws.close();
    dynamo.close();
    sqs.close();
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  void w4_processesThatAreKilledOrFrozenCostTimeAndNothingElse() throws Exception {
    DynamoDbTable.create(dynamo, place.table(), Optional.empty());
    IntStream.range(0, REGIONS.size()).forEach(this::launch);
    try (Store store = FleetWorker.store(dynamo, place);
        OpsAutomator judge =
            FleetWorker.engine(place, store, sqs, aws, pool).worker("judge").build()) {
      Fleet.Member first = fleet.start();
      Fleet.Member second = fleet.start();
      Fleet.Member third = fleet.start();
      for (Fleet.Member member : List.of(first, second, third)) {
        member.awaitUp();
      }
      watch.lap("to launch all");
      judge.put(task());
      RunId run = judge.run(TASK, "once");

      untilLeft(VISITORS / 8);
      first.kill();
      Fleet.Member fourth = fleet.start();
      untilLeft(VISITORS / 4);
      second.freeze();
      Instant frozen = Instant.now();
      untilLeft(VISITORS / 2);
      third.kill();
      Fleet.Member fifth = fleet.start();
      until(() -> Instant.now().isAfter(frozen.plus(LEASE.multipliedBy(2))), "lease");
      second.wake();

      Run ended = judge.await(run);
      watch.lap("to end all");
      assertEndedOnce(ended, judge.executions(run));
      assertAllVisited();
      assertNothingIsLeft(store);
      watch.lap("until nothing was left");
      for (Fleet.Member member : List.of(second, fourth, fifth)) {
        assertThat(member.leave()).as(member.trouble()).isZero();
        assertThat(member.said()).contains("left");
      }
      watch.lap("to leave");
    }
  }

  /** How long each part took, for whoever reads the log. */
  private static final class Stopwatch {
    private Instant last = Instant.now();

    void lap(String what) {
      Instant now = Instant.now();
      double seconds = Duration.between(last, now).toMillis() / 1e3;
      last = now;
      System.out.printf(
          "%,d executions in three processes, two of them killed, one frozen: %.1f s %s%n",
          VISITORS, seconds, what);
    }
  }

  private Task task() {
    return Task.named(TASK.value())
        .action("Visit")
        .where(FleetWorker.WANTED + "=yes")
        .accounts(account.id().value())
        .onlyOtherAccounts()
        .regions(REGIONS.stream().map(Scope.Region::value).toArray(String[]::new))
        .build();
  }

  // -- The instances ------------------------------------------------------------------------------

  /** So many that they are {@link #VISITORS} in all regions. */
  private void launch(int region) {
    int count = (VISITORS + region) / REGIONS.size();
    account.launch(REGIONS.get(region), count, FleetWorker.WANTED, "yes");
  }

  private Stream<String> visited(Scope.Region region) {
    Filter tagged = Filter.builder().name("tag-key").values(FleetWorker.VISITED).build();
    return account
        .ec2(region)
        .describeInstancesPaginator(request -> request.filters(tagged))
        .reservations()
        .stream()
        .flatMap(reservation -> reservation.instances().stream())
        .map(Instance::instanceId);
  }

  // -- What has to hold ---------------------------------------------------------------------------

  private void assertEndedOnce(Run ended, List<Execution> executions) {
    assertThat(ended.state()).isEqualTo(Run.State.COMPLETE);
    assertThat(executions).hasSize(VISITORS);
    assertThat(executions).extracting(Execution::status).containsOnly(Status.SUCCEEDED);
    assertThat(fleet.said().stream().filter(line -> line.startsWith("ended ")))
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(VISITORS / 2);
  }

  private void assertAllVisited() {
    Witness.Seen seen = witness.seen();
    assertThat(seen.tooMany()).as("more at once than allowed").isEmpty();
    assertThat(seen.most()).as("side by side").isGreaterThan(FleetWorker.LIMIT / 2);
    assertThat(seen.within()).isEmpty();
    Set<String> visited = REGIONS.stream().flatMap(this::visited).collect(Collectors.toSet());
    assertThat(visited).hasSize(VISITORS).isEqualTo(seen.left());
  }

  private void assertNothingIsLeft(Store store) throws InterruptedException, IOException {
    assertThat(store.runs().toWatch(Instant.MAX, 10)).isEmpty();
    // Who was queued twice, since somebody who knew of it was killed, gives its second slot back.
    until(() -> store.gates().find(GATE).filter(FleetTest::isFree).isPresent(), "free slots");
    watch.lap("until the slots were free");
    SqsQueues queues = SqsQueues.create(sqs, place.queues());
    until(() -> isEmpty(queues.work()) && isEmpty(queues.checks()), "the queues to be empty");
    assertThat(isEmpty(queues.dead().orElseThrow())).as("no dead letters").isTrue();
  }

  private static boolean isFree(Gate gate) {
    return gate.held().isEmpty() && !gate.waiting();
  }

  private boolean isEmpty(URI queue) {
    return counts(queue).values().stream().allMatch("0"::equals);
  }

  private Map<String, String> counts(URI queue) {
    return sqs.getQueueAttributes(
            request ->
                request
                    .queueUrl(queue.toString())
                    .attributeNames(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
        .attributesAsStrings();
  }

  private void untilLeft(int count) throws InterruptedException, IOException {
    until(() -> witness.seen().left().size() >= count, count + " to have left");
  }

  private String state() throws IOException {
    Witness.Seen seen = witness.seen();
    SqsQueues queues = SqsQueues.create(sqs, place.queues());
    return "; %d have left, within are %s, the queues have %s and %s%n%s"
        .formatted(
            seen.left().size(),
            seen.within(),
            counts(queues.work()),
            counts(queues.checks()),
            fleet.trouble());
  }

  /** Looks now and then, which nobody else has to do. */
  private void until(BooleanSupplier reached, String what)
      throws InterruptedException, IOException {
    Instant late = Instant.now().plus(PATIENCE);
    CountDownLatch never = new CountDownLatch(1);
    while (!reached.getAsBoolean()) {
      if (Instant.now().isAfter(late) || never.await(100, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("waited in vain for " + what + state());
      }
    }
  }
}
