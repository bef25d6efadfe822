package io.opsautomator.awstests;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.aws.dynamodb.DynamoDbStore;
import io.opsautomator.aws.dynamodb.DynamoDbTable;
import io.opsautomator.store.BatchId;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Executions.Claim;
import io.opsautomator.store.Executions.Move;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Gates.HandOver;
import io.opsautomator.store.Gates.Limit;
import io.opsautomator.store.Grant;
import io.opsautomator.store.JournalEntry;
import io.opsautomator.store.Selections.Claimant;
import io.opsautomator.store.Store;
import io.opsautomator.store.Ticket;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.testkit.dynamodb.FakeDynamoDb;
import io.opsautomator.testkit.dynamodb.Usage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What an execution costs, from its creation to the hand-over of its slot, as the service bills it:
 * items of a transaction twice, every started kilobyte of an item. The figures are those of
 * docs/cost.md. What runs cost, and telling a run that one of its executions has ended, is apart:
 * see {@link EngineOnDynamoDbTest}.
 */
final class CallsPerExecutionTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final GateKey KEY = new GateKey("Ec2CreateSnapshot/111122223333/eu-west-1");
  private static final RunId RUN = new RunId("aaaaaaaaaaaaaaaaaaaaaaaaaa");
  private static final int BATCH = 100;

  /** A unit as the bundled actions have it. */
  private static final String PAYLOAD =
      """
      {"resources":[{"type":"ec2.instance","id":"i-0123456789abcdef0","scope":"111122223333/eu-west-1",\
      "tags":{"Name":"web-1","Environment":"prod","Team":"payments","CostCentre":"4711"},\
      "value":{"instanceType":"m6i.large","state":"running","launched":"2026-01-01T00:00:00Z"}}]}\
      """;

  private final FakeDynamoDb dynamo = new FakeDynamoDb();
  private Store store = open();

  private Store open() {
    DynamoDbTable.create(dynamo, "ops", Optional.empty());
    return DynamoDbStore.over(dynamo, "ops").writer("count").open();
  }

  @BeforeEach
  void fresh() {
    store = DynamoDbStore.over(dynamo, "ops").writer("counted").open();
  }

  /** What was asked of DynamoDB for each of so many executions. */
  private record Cost(double calls, double writes, double reads) {
    static Cost of(Usage usage, int executions) {
      return new Cost(
          (double) usage.total() / executions,
          usage.writes() / executions,
          usage.reads() / executions);
    }

    void print(String what) {
      System.out.printf(
          Locale.ROOT,
          "%-40s %6.2f calls %6.2f write units %6.2f read units%n",
          what,
          calls,
          writes,
          reads);
    }
  }

  @Test
  void creatingCostsAWriteAndATwentyFifthOfACall() {
    Cost cost = counted(1000, () -> created(1000, false));

    cost.print("create");
    assertThat(cost.calls()).isEqualTo(0.04);
    assertThat(cost.writes()).isEqualTo(1);
    assertThat(cost.reads()).isZero();
  }

  @Test
  void aSimpleExecutionCostsTwoCallsAndTwoWrites() {
    List<Execution> all = created(1000, false);

    Cost cost = counted(all.size(), () -> all.forEach(each -> perform(each, Optional.empty(), 0)));

    cost.print("simple");
    assertThat(cost).isEqualTo(new Cost(2, 2, 0));
  }

  @Test
  void oneWithACompletionCostsThreeHoweverOftenIsPolled() {
    List<Execution> all = created(1000, false);

    Cost cost = counted(all.size(), () -> all.forEach(each -> perform(each, Optional.empty(), 5)));

    cost.print("completion, 5 polls");
    assertThat(cost).isEqualTo(new Cost(3, 3, 0));
  }

  @Test
  void w52_oneUnderALimitCostsThreeHoweverManyWait() {
    Cost few = limited(100, 0);
    few.print("limit 5, 100 queued");
    Cost many = limited(10_000, 0);
    many.print("limit 5, 10,000 queued");

    for (Cost cost : List.of(few, many)) {
      assertThat(cost.calls()).isBetween(3.0, 3.1);
      assertThat(cost.writes()).isBetween(3.0, 3.4);
      assertThat(cost.reads()).isLessThan(0.1);
    }
    assertThat(many.calls() - few.calls()).isLessThan(0.05);
  }

  @Test
  void oneWithBothCostsFour() {
    Cost cost = limited(100, 5);

    cost.print("limit 5, 100 queued, 5 polls");
    assertThat(cost.calls()).isBetween(4.0, 4.1);
    assertThat(cost.writes()).isBetween(4.0, 4.4);
    assertThat(cost.reads()).isLessThan(0.1);
  }

  @Test
  void aLeaseIsRenewedByAWriteOfItsOwn() {
    Execution running = claimed(created(1, false).get(0), Optional.empty());

    Cost cost =
        counted(
            1,
            () ->
                advanced(
                    running, new Move.Checkpoint(Optional.of(NOON.plusSeconds(600)), List.of())));

    cost.print("renewal of a lease");
    assertThat(cost).isEqualTo(new Cost(1, 1, 0));
  }

  private Cost limited(int waiting, int polls) {
    List<Execution> all = created(waiting, true);
    int[] before = {0};
    for (int from = 0; from < all.size(); from += BATCH) {
      List<Ticket> tickets =
          all.subList(from, Math.min(all.size(), from + BATCH)).stream()
              .map(Execution::ticket)
              .toList();
      store.gates().enqueue(KEY, new Limit(5, 1), order(waiting, before[0]++), tickets);
    }
    Queue<Grant> granted = new ArrayDeque<>(store.gates().fill(KEY).granted());
    assertThat(granted).hasSize(5);
    return counted(
        waiting,
        () -> {
          for (Grant next = granted.poll(); next != null; next = granted.poll()) {
            perform(execution(waiting, next), Optional.of(next), polls);
            if (store.gates().handOver(next, false) instanceof HandOver.Next another) {
              granted.add(another.grant());
            }
          }
        });
  }

  private static String order(int waiting, int batch) {
    return "%015d/%s/*/%06d".formatted(waiting, RUN.value(), batch);
  }

  /** All that a claim knows of an execution is its id. */
  private static Execution execution(int waiting, Grant grant) {
    Execution any = fresh(waiting, 0, true);
    return new Execution(
        grant.holder().execution(),
        any.origin(),
        any.status(),
        any.progress(),
        any.lease(),
        any.grants(),
        any.journal());
  }

  private Cost counted(int executions, Runnable work) {
    Usage before = dynamo.usage();
    work.run();
    return Cost.of(dynamo.usage().since(before), executions);
  }

  private List<Execution> created(int number, boolean gated) {
    List<Execution> all =
        IntStream.range(0, number).mapToObj(i -> fresh(number, i, gated)).toList();
    for (int from = 0; from < number; from += BATCH) {
      store.executions().create(all.subList(from, Math.min(number, from + BATCH)));
    }
    return all;
  }

  private static Execution fresh(int series, int number, boolean gated) {
    ExecutionId id = ExecutionId.of(RUN, series + "/" + number + "/" + gated);
    return Execution.fresh(
        id,
        new Execution.Origin(
            RUN,
            new BatchId("*", number / BATCH),
            number % BATCH,
            false,
            Optional.empty(),
            gated ? Optional.of(KEY) : Optional.empty(),
            PAYLOAD));
  }

  /** Polls ask the service that the action works with, and nobody else. */
  private void perform(Execution execution, Optional<Grant> by, int polls) {
    Execution now = claimed(execution, by);
    if (polls > 0) {
      Execution.Wait wait =
          new Execution.Wait("done", NOON, NOON.plusSeconds(3600), NOON.plusSeconds(60));
      now = advanced(now, new Move.Await(wait, List.of(done("CreateSnapshot"))));
    }
    String outcome = "{\"code\":\"DONE\",\"text\":\"made snap-0123456789abcdef0\"}";
    advanced(now, new Move.End(Status.SUCCEEDED, outcome, List.of(done("tag"))));
  }

  private Execution claimed(Execution execution, Optional<Grant> by) {
    Claimant claimant = new Claimant("i-0abc/4711/x7Qz", NOON.plusSeconds(300), NOON);
    return applied(store.executions().claim(new Claim(execution.id(), 0, by, NOON, claimant)));
  }

  private Execution advanced(Execution execution, Move move) {
    return applied(store.executions().advance(execution.id(), execution.progress().epoch(), move));
  }

  private static Execution applied(Write<Execution> write) {
    assertThat(write).isInstanceOf(Write.Applied.class);
    return ((Write.Applied<Execution>) write).now();
  }

  private static JournalEntry done(String step) {
    return new JournalEntry(step, JournalEntry.Stage.DONE, "{\"id\":\"snap-0123456789abcdef0\"}");
  }
}
