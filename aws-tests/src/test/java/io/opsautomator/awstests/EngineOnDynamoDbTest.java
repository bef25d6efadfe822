package io.opsautomator.awstests;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.aws.dynamodb.DynamoDbStore;
import io.opsautomator.aws.dynamodb.DynamoDbTable;
import io.opsautomator.store.Run;
import io.opsautomator.testkit.dynamodb.FakeDynamoDb;
import io.opsautomator.testkit.dynamodb.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Whole runs over the store, and what they ask of the table. */
@Timeout(600)
final class EngineOnDynamoDbTest {
  /** {@code -Doa.executions=2000} for figures. */
  private static final int EXECUTIONS = Integer.getInteger("oa.executions", 60);

  private final LampRuns lamps = new LampRuns();

  @Test
  void aRunUnderALimitEndsOnDynamoDbLocal() throws InterruptedException {
    try (DynamoDbClient client = LocalDynamoDb.client()) {
      Run run = local(client, 3);

      assertThat(run.state()).isEqualTo(Run.State.COMPLETE);
      assertThat(lamps.most()).isBetween(1, 3);
    }
  }

  @Test
  void aRunWithoutALimitEndsOnDynamoDbLocal() throws InterruptedException {
    try (DynamoDbClient client = LocalDynamoDb.client()) {
      assertThat(local(client, 0).state()).isEqualTo(Run.State.COMPLETE);
    }
  }

  private Run local(DynamoDbClient client, int limit) throws InterruptedException {
    String table = LocalDynamoDb.freshName();
    DynamoDbTable.create(client, table, Optional.empty());
    long from = System.nanoTime();
    Run run = run(client, table, EXECUTIONS, limit);
    double seconds = Duration.ofNanos(System.nanoTime() - from).toMillis() / 1e3;
    System.out.printf(
        Locale.ROOT,
        "DynamoDB Local, limit %d: %d executions in %.1f s, %.0f a second%n",
        limit,
        EXECUTIONS,
        seconds,
        EXECUTIONS / seconds);
    return run;
  }

  @Test
  void aWholeRunCostsFewCallsBesidesThoseOfItsExecutions() throws InterruptedException {
    FakeDynamoDb dynamo = new FakeDynamoDb();
    Usage free = cost(dynamo, "free", 2_000, 0);
    Usage limited = cost(dynamo, "limited", 2_000, 5);

    // Creation, claim, end and tally; and the hand-over.
    assertThat(free.total() / 2_000.0).isLessThan(3.5);
    assertThat(limited.total() / 2_000.0).isLessThan(4.7);
  }

  @Test
  void forgettingARunCostsAWriteForEachExecution() throws InterruptedException {
    FakeDynamoDb dynamo = new FakeDynamoDb();
    cost(dynamo, "forgotten", 2_000, 5);
    Usage before = dynamo.usage();
    try (DynamoDbStore store = DynamoDbStore.over(dynamo, "forgotten").open()) {
      assertThat(store.purge(Instant.now().plus(Duration.ofDays(1)))).isEqualTo(1);
    }

    Usage purge = print("purge of", 2_000, dynamo.usage().since(before));
    assertThat(purge.total() / 2_000.0).isLessThan(0.1);
    assertThat(purge.writes() / 2_000).isBetween(1.0, 1.2);
  }

  @Test
  void aRunOfASingleExecutionCostsWhatRunsCost() throws InterruptedException {
    Usage single = cost(new FakeDynamoDb(), "single", 1, 0);

    assertThat(single.writes()).isLessThan(60);
    // A look at the index is 32 of them, and how many there are is a matter of how long it takes.
    assertThat(single.reads()).isLessThan(200);
  }

  @Test
  void w53_anIdleTickWritesNothingAndReadsTheShardsOfTheIndex() {
    FakeDynamoDb dynamo = new FakeDynamoDb();
    DynamoDbTable.create(dynamo, "idle", Optional.empty());
    try (DynamoDbStore store = DynamoDbStore.over(dynamo, "idle").open();
        OpsAutomator engine = lamps.engine(store, Optional.empty(), 1, 0)) {
      engine.standBy();
      engine.tick();
      Usage before = dynamo.usage();

      engine.tick();

      Usage tick = dynamo.usage().since(before);
      System.out.println("an idle tick: " + tick);
      assertThat(tick.writes()).isZero();
      assertThat(tick.reads()).isLessThanOrEqualTo(40);
      assertThat(tick.calls()).doesNotContainKey("Scan");
    }
  }

  private Usage cost(FakeDynamoDb dynamo, String table, int number, int limit)
      throws InterruptedException {
    DynamoDbTable.create(dynamo, table, Optional.empty());
    Usage before = dynamo.usage();
    run(dynamo, table, number, limit);
    return print("limit " + limit + ", run of", number, dynamo.usage().since(before));
  }

  private static Usage print(String what, int number, Usage usage) {
    System.out.printf(
        Locale.ROOT,
        "%s %d: %.2f calls %.2f write units %.2f read units an execution; %s%n",
        what,
        number,
        (double) usage.total() / number,
        usage.writes() / number,
        usage.reads() / number,
        usage.calls());
    return usage;
  }

  private Run run(DynamoDbClient client, String table, int number, int limit)
      throws InterruptedException {
    try (DynamoDbStore store = DynamoDbStore.over(client, table).open()) {
      return lamps.run(store, Optional.empty(), number, limit);
    }
  }
}
