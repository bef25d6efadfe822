package io.opsautomator.awstests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.aws.dynamodb.DynamoDbStore;
import io.opsautomator.aws.dynamodb.DynamoDbTable;
import io.opsautomator.resource.Scope;
import io.opsautomator.store.Batch;
import io.opsautomator.store.BatchId;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Executions.Claim;
import io.opsautomator.store.Executions.Move;
import io.opsautomator.store.JournalEntry;
import io.opsautomator.store.Page;
import io.opsautomator.store.Run;
import io.opsautomator.store.Selections.Claimant;
import io.opsautomator.store.Store;
import io.opsautomator.store.StoreException;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.Trigger;
import io.opsautomator.testkit.dynamodb.FakeDynamoDb;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What does not fit into an item goes to the bucket, and goes with its run. */
final class LargeTextsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final TaskName TASK = new TaskName("nightly");
  private static final Trigger TRIGGER = new Trigger.Firing(NOON);
  private static final RunId RUN = RunId.of(TASK, "first", TRIGGER);
  private static final Scope SCOPE = Scope.of("111122223333", "eu-west-1");

  private final FakeDynamoDb dynamo = new FakeDynamoDb();
  private final FakeBucket bucket = new FakeBucket();

  @BeforeEach
  void table() {
    DynamoDbTable.create(dynamo, "ops", Optional.empty());
  }

  private Store withBucket() {
    return DynamoDbStore.over(dynamo, "ops").payloads(() -> bucket, "payloads", "oa/", "").open();
  }

  private Store without() {
    return DynamoDbStore.over(dynamo, "ops").open();
  }

  /** Letters at random are hardly made smaller by deflating. */
  private static String text(int size) {
    return new Random(7)
        .ints(size, 'a', 'z' + 1)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static Execution execution(String payload) {
    return Execution.fresh(
        ExecutionId.of(RUN, "unit"),
        new Execution.Origin(
            RUN, new BatchId("*", 0), 0, false, Optional.empty(), Optional.empty(), payload));
  }

  @Test
  void aLargePayloadIsReadFromTheBucketByAnotherStore() {
    Execution large = execution(text(60_000));
    withBucket().executions().create(List.of(large));

    assertThat(bucket.objects.keySet())
        .singleElement()
        .asString()
        .matches("oa/run/" + RUN.value() + "/[0-9a-f]{64}");
    assertThat(withBucket().executions().find(List.of(large.id()))).containsExactly(large);
  }

  @Test
  void itIsEncryptedWithTheKeyThatIsGiven() {
    Store store =
        DynamoDbStore.over(dynamo, "ops").payloads(() -> bucket, "payloads", "", "a-key").open();
    store.executions().create(List.of(execution(text(60_000))));

    assertThat(bucket.keys).hasSize(1).containsValue("a-key");
    assertThat(bucket.keys.keySet()).isEqualTo(bucket.objects.keySet());
  }

  /** Sixteen kilobytes, deflated. */
  @Test
  void whatIsSmallerStaysInTheItem() {
    Execution small = execution(text(20_000));
    withBucket().executions().create(List.of(small));

    assertThat(bucket.objects).isEmpty();
    assertThat(without().executions().find(List.of(small.id()))).containsExactly(small);
  }

  /** However long its journal becomes, and whatever it was given. */
  @Test
  void noItemOfAnExecutionComesNearToWhatTheTableTakes() {
    Store store = withBucket();
    Execution execution = execution(text(500_000));
    store.executions().create(List.of(execution));
    Claimant worker = new Claimant("worker", NOON.plusSeconds(300), NOON);
    store.executions().claim(new Claim(execution.id(), 0, Optional.empty(), NOON, worker));
    for (int i = 0; i < 5; i++) {
      JournalEntry entry = new JournalEntry("step " + i, JournalEntry.Stage.DONE, text(200_000));
      Move more = new Move.Checkpoint(Optional.empty(), List.of(entry));
      assertThat(store.executions().advance(execution.id(), 1, more))
          .isInstanceOf(Write.Applied.class);
    }

    assertThat(withBucket().executions().find(List.of(execution.id())).get(0).journal()).hasSize(5);
    assertThat(dynamo.items("ops")).singleElement().asString().hasSizeLessThan(16 * 1024);
  }

  @Test
  void whatCompressesWellStaysInTheItem() {
    withBucket().executions().create(List.of(execution("{\"a\":1}".repeat(10_000))));

    assertThat(bucket.objects).isEmpty();
  }

  @Test
  void aPurgeRemovesItWithItsRun() {
    Store store = withBucket();
    Run run =
        new Run(
            RUN,
            TASK,
            new Run.Cause(1, "{}", TRIGGER, NOON, Run.Missed.NONE),
            Run.State.COMPLETE,
            NOON,
            Run.Summary.NONE.endedAt(NOON),
            Run.Drive.FIRST);
    store.runs().insert(run);
    Execution execution = execution(text(60_000));
    store.executions().create(List.of(execution));
    store
        .selections()
        .dispatched(RUN, Batch.fresh(new BatchId("*", 0), List.of(execution.id()), true));
    for (int i = 0; i < 4; i++) {
      List<Page.Item> items = List.of(new Page.Item("i-" + i, i + text(50_000)));
      store.selections().append(RUN, new Page(SCOPE, i, items, 0, Optional.of("t")));
    }
    assertThat(bucket.objects).hasSize(5);

    assertThat(store.purge(NOON.plusSeconds(1))).isEqualTo(1);

    assertThat(bucket.objects).isEmpty();
    assertThat(dynamo.items("ops")).isEmpty();
  }

  @Test
  void aMissingObjectIsNamedWithItsBucket() {
    Execution large = execution(text(60_000));
    withBucket().executions().create(List.of(large));
    String name = bucket.objects.keySet().iterator().next();
    bucket.objects.clear();

    assertThatThrownBy(() -> withBucket().executions().find(List.of(large.id())))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("payloads");
  }

  @Test
  void aDamagedObjectIsNotBelieved() {
    Execution large = execution(text(60_000));
    withBucket().executions().create(List.of(large));
    bucket.objects.values().forEach(content -> content[100] ^= 1);

    assertThatThrownBy(() -> withBucket().executions().find(List.of(large.id())))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void withoutABucketTheItemTakesWhatFitsAndSaysWhatToSetBeyondThat() {
    Execution fits = execution(text(60_000));
    without().executions().create(List.of(fits));
    assertThat(without().executions().find(List.of(fits.id()))).containsExactly(fits);

    assertThatThrownBy(() -> without().executions().create(List.of(execution(text(900_000)))))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("OA_PAYLOAD_BUCKET");
  }

  @Test
  void whoReadsWithoutTheBucketIsToldSo() {
    Execution large = execution(text(60_000));
    withBucket().executions().create(List.of(large));

    assertThatThrownBy(() -> without().executions().find(List.of(large.id())))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("OA_PAYLOAD_BUCKET");
  }
}
