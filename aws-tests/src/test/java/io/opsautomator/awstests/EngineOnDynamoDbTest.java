package io.opsautomator.awstests;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Action;
import io.opsautomator.action.ActionContext;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Invocation;
import io.opsautomator.action.Outcome;
import io.opsautomator.aws.dynamodb.DynamoDbStore;
import io.opsautomator.aws.dynamodb.DynamoDbTable;
import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.ResourceType;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Territory;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Run;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import io.opsautomator.testkit.dynamodb.FakeDynamoDb;
import io.opsautomator.testkit.dynamodb.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Whole runs over the store, and what they ask of the table. */
@Timeout(120)
final class EngineOnDynamoDbTest {
  private static final Scope HOME = Scope.of("111122223333", "eu-west-1");
  private static final TaskName TASK = new TaskName("touch");

  private final AtomicInteger working = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  /** Something to act on. */
  public record Lamp(boolean on) {
    static final ResourceType<Lamp> TYPE = new ResourceType<>("light", "Lamps", Lamp.class, true);
  }

  /** An action without parameters. */
  public record Nothing() {}

  @Test
  void aRunUnderALimitEndsOnDynamoDbLocal() throws InterruptedException {
    try (DynamoDbClient client = LocalDynamoDb.client()) {
      String table = LocalDynamoDb.freshName();

      Run run = run(client, table, 60, 3);

      assertThat(run.state()).isEqualTo(Run.State.COMPLETE);
      assertThat(run.summary().succeeded()).isEqualTo(60);
      assertThat(most.get()).isBetween(1, 3);
    }
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

  private Usage cost(FakeDynamoDb dynamo, String table, int lamps, int limit)
      throws InterruptedException {
    Usage before = dynamo.usage();
    Run run = run(dynamo, table, lamps, limit);
    assertThat(run.summary().succeeded()).isEqualTo(lamps);
    Usage usage = dynamo.usage().since(before);
    System.out.printf(
        Locale.ROOT,
        "whole run, limit %d: %.2f calls %.2f write units %.2f read units an execution; %s%n",
        limit,
        (double) usage.total() / lamps,
        usage.writes() / lamps,
        usage.reads() / lamps,
        usage.calls());
    return usage;
  }

  private Run run(DynamoDbClient client, String table, int lamps, int limit)
      throws InterruptedException {
    DynamoDbTable.create(client, table, Optional.empty());
    try (DynamoDbStore store = DynamoDbStore.over(client, table).open();
        OpsAutomator engine =
            OpsAutomator.builder()
                .withoutDiscovery()
                .territory(Territory.of(HOME, Set.of(HOME.region())))
                .store(store)
                .workers(8)
                .action(new Touch(limit))
                .selector(new Lamps(lamps))
                .task(Task.named(TASK.value()).action("Touch").where("*").build())
                .build()) {
      engine.work();
      RunId id = engine.run(TASK, "once");
      Run run = engine.await(id);
      assertThat(engine.executions(id)).extracting(Execution::status).allMatch(Status::ended);
      return run;
    }
  }

  private final class Touch implements Action<Nothing> {
    private final int limit;

    Touch(int limit) {
      this.limit = limit;
    }

    @Override
    public ActionMetadata<Nothing> metadata() {
      return ActionMetadata.of("Touch", new Nothing())
          .titled("Touch", "Does nothing, once")
          .version("1.0", "0f0c6c0e-3c59-4a4e-9a53-5c8d7f6f0b14")
          .selects(Lamp.TYPE, Aggregation.RESOURCE)
          .limits(Duration.ofHours(1), Duration.ofMinutes(1), limit)
          .build();
    }

    @Override
    public Outcome execute(ActionContext<Nothing> context) {
      most.accumulateAndGet(working.incrementAndGet(), Math::max);
      try {
        context.effects().idempotent("touch", Thread::yield);
        return Outcome.of(context.unit().key(), Evidence.confirmed("touched"));
      } finally {
        working.decrementAndGet();
      }
    }
  }

  private record Lamps(int number) implements ResourceSelector<Lamp> {
    private static final int PAGE = 500;

    @Override
    public ResourceType<Lamp> type() {
      return Lamp.TYPE;
    }

    @Override
    public Listing<Lamp> list(Invocation caller, Query query, Optional<String> token) {
      int from = token.map(Integer::parseInt).orElse(0);
      int to = Math.min(number, from + PAGE);
      List<Resource<Lamp>> some =
          IntStream.range(from, to)
              .mapToObj(
                  i ->
                      new Resource<>(
                          Lamp.TYPE, "lamp-" + i, caller.scope(), Map.of("a", "b"), new Lamp(true)))
              .toList();
      return new Listing<>(some, to < number ? Optional.of("" + to) : Optional.empty());
    }
  }
}
