package io.opsautomator.awstests;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.aws.dynamodb.DynamoDbStore;
import io.opsautomator.aws.dynamodb.DynamoDbTable;
import io.opsautomator.store.Store;
import io.opsautomator.store.StoredTask;
import io.opsautomator.task.TaskName;
import io.opsautomator.testkit.dynamodb.FakeDynamoDb;
import io.opsautomator.testkit.dynamodb.Usage;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a tick reads follows from what is due, not from how many tasks there are. */
final class DueAtScaleTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final int TASKS = 100_000;
  private static final int EVERY = 1_000;

  @Test
  void w50_ofAHundredThousandTasksATickReadsTheHundredThatAreDue() {
    FakeDynamoDb dynamo = new FakeDynamoDb();
    DynamoDbTable.create(dynamo, "ops", Optional.empty());
    Store store = DynamoDbStore.over(dynamo, "ops").writer("scale").open();
    for (int i = 0; i < TASKS; i++) {
      store.tasks().put(task(i), 0);
    }
    Usage before = dynamo.usage();

    List<StoredTask> due = store.tasks().due(NOON, 500);
    Optional<Instant> next = store.tasks().nextDue();

    Usage tick = dynamo.usage().since(before);
    System.out.println("a tick over " + TASKS + " tasks: " + tick);
    assertThat(due).hasSize(TASKS / EVERY);
    assertThat(due)
        .isSortedAccordingTo(Comparator.comparing(it -> it.clock().next().orElseThrow()));
    assertThat(next).contains(NOON.minusSeconds(TASKS / EVERY - 1));
    // One unit for each of the tasks, and half a unit for each look at a shard of the index.
    assertThat(tick.reads()).isBetween(100.0, 120.0);
    assertThat(tick.calls()).doesNotContainKey("Scan");
  }

  private static StoredTask task(int number) {
    Instant next =
        number % EVERY == 0
            ? NOON.minusSeconds(number / EVERY)
            : NOON.plusSeconds(60 + number % 3600);
    return new StoredTask(
        new TaskName("task " + number),
        0,
        "first",
        StoredTask.State.ENABLED,
        "{\"v\":1,\"action\":\"Ec2StartInstances\"}",
        StoredTask.Clock.STOPPED.withNext(Optional.of(next)));
  }
}
