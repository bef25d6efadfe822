package io.opsautomator.awstests;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.aws.dynamodb.DynamoDbTable;
import io.opsautomator.aws.sqs.SqsQueues;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Run;
import io.opsautomator.store.Store;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Several processes on one table and one queue: two are killed in the middle of their work, one is
 * frozen until others have taken over what it was at, and then woken.
 */
final class FleetTest {
  /** Divisible by four; {@code tools/soak fleet} sets it. */
  private static final int VISITORS = Integer.getInteger("oa.soak.fleet", 200);

  private static final GateKey GATE = new GateKey("action/Visit");
  private static final long PATIENCE_SECONDS = 240 + VISITORS / 5;

  private final DynamoDbClient dynamo = LocalDynamoDb.client();
  private final SqsClient sqs = LocalSqs.client();
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final FleetWorker.Place place =
      new FleetWorker.Place(
          LocalDynamoDb.endpoint(),
          LocalSqs.endpoint(),
          LocalDynamoDb.freshName(),
          LocalDynamoDb.freshName(),
          LocalSqs.freshName(),
          VISITORS,
          "judge");
  private final Witness witness = new Witness(dynamo, place.witness(), FleetWorker.LIMIT);

  private final Fleet fleet;

  FleetTest(@TempDir Path folder) {
    this.fleet = new Fleet(place, folder);
  }

  @AfterEach
  void close() {
    fleet.close();
    pool.shutdownNow();
    dynamo.close();
    sqs.close();
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  void w4_processesThatAreKilledOrFrozenCostTimeAndNothingElse() throws Exception {
    DynamoDbTable.create(dynamo, place.table(), Optional.empty());
    Witness.create(dynamo, place.witness());
    try (Store store = FleetWorker.store(dynamo, place);
        OpsAutomator judge = FleetWorker.engine(place, store, dynamo, sqs, pool)) {
      Fleet.Member first = fleet.start();
      Fleet.Member second = fleet.start();
      Fleet.Member third = fleet.start();
      for (Fleet.Member member : List.of(first, second, third)) {
        member.awaitUp();
      }
      judge.put(Task.named(FleetWorker.TASK).action("Visit").where("*").regions("*").build());
      Instant begun = Instant.now();
      RunId run = judge.run(new TaskName(FleetWorker.TASK), "once");

      untilEnded(VISITORS / 8);
      first.kill();
      Fleet.Member fourth = fleet.start();
      untilEnded(VISITORS / 4);
      second.freeze();
      Instant frozen = Instant.now();
      untilEnded(VISITORS / 2);
      third.kill();
      Fleet.Member fifth = fleet.start();
      until(() -> Instant.now().isAfter(frozen.plus(FleetWorker.LEASE.multipliedBy(2))), "lease");
      second.wake();

      Run ended = judge.await(run);
      report(Duration.between(begun, Instant.now()));
      assertEndedOnce(ended, judge.executions(run));
      assertNothingIsLeft(store);
      for (Fleet.Member member : List.of(second, fourth, fifth)) {
        assertThat(member.leave()).as(member.trouble()).isZero();
        assertThat(member.said()).contains("left");
      }
    }
  }

  private static void report(Duration took) {
    System.out.printf(
        "%,d executions in three processes, two of them killed, one frozen: %.0f s, %.0f a second%n",
        VISITORS, took.toMillis() / 1e3, VISITORS / (took.toMillis() / 1e3));
  }

  private void assertEndedOnce(Run ended, List<Execution> executions) {
    Witness.Seen seen = witness.seen();
    assertThat(seen.tooMany()).as("more at once than allowed").isEmpty();
    assertThat(seen.within()).isEmpty();
    assertThat(seen.ended()).isEqualTo(FleetWorker.everybody(VISITORS));
    assertThat(ended.state()).isEqualTo(Run.State.COMPLETE);
    assertThat(executions).hasSize(VISITORS);
    assertThat(executions).extracting(Execution::status).containsOnly(Status.SUCCEEDED);
    assertThat(fleet.said().stream().filter(line -> line.startsWith("ended ")))
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(VISITORS / 2);
  }

  private void assertNothingIsLeft(Store store) throws InterruptedException, IOException {
    assertThat(store.runs().toWatch(Instant.MAX, 10)).isEmpty();
    // Who was queued twice, since somebody who knew of it was killed, gives its second slot back.
    until(() -> store.gates().find(GATE).filter(FleetTest::isFree).isPresent(), "free slots");
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

  private void untilEnded(int count) throws InterruptedException, IOException {
    until(() -> witness.ended() >= count, count + " to have ended");
  }

  private String state() throws IOException {
    Witness.Seen seen = witness.seen();
    SqsQueues queues = SqsQueues.create(sqs, place.queues());
    return "; %d have ended, within are %s, the queues have %s and %s%n%s"
        .formatted(
            seen.ended().size(),
            seen.within(),
            counts(queues.work()),
            counts(queues.checks()),
            fleet.trouble());
  }

  /** Looks now and then, which nobody else has to do. */
  private void until(BooleanSupplier reached, String what)
      throws InterruptedException, IOException {
    Instant late = Instant.now().plusSeconds(PATIENCE_SECONDS);
    CountDownLatch never = new CountDownLatch(1);
    while (!reached.getAsBoolean()) {
      if (Instant.now().isAfter(late) || never.await(100, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("waited in vain for " + what + state());
      }
    }
  }
}
