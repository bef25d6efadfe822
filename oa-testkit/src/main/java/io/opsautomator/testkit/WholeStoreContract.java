package io.opsautomator.testkit;

import static io.opsautomator.testkit.StoreItems.NOON;
import static io.opsautomator.testkit.StoreItems.claim;
import static io.opsautomator.testkit.StoreItems.end;
import static io.opsautomator.testkit.StoreItems.execution;
import static io.opsautomator.testkit.StoreItems.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.resource.Scope;
import io.opsautomator.store.Batch;
import io.opsautomator.store.BatchId;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Gates.HandOver;
import io.opsautomator.store.Gates.Limit;
import io.opsautomator.store.Grant;
import io.opsautomator.store.InMemoryStore;
import io.opsautomator.store.Page;
import io.opsautomator.store.Run;
import io.opsautomator.store.Store;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What shows only when the parts of a store work together. */
abstract class WholeStoreContract {
  private static final GateKey KEY = new GateKey("whole");
  private static final Scope SCOPE = Scope.of("111122223333", "eu-west-1");
  private static final int LIMIT = 16;
  private static final int BATCH = 100;

  abstract Store store();

  abstract int volume();

  @Test
  void twoWorkersWithDoubledMessagesStartEachExecutionOnceAndLoseNone() {
    List<Execution> all =
        IntStream.range(0, volume()).mapToObj(i -> execution(i, Optional.of(KEY))).toList();
    for (int from = 0; from < all.size(); from += BATCH) {
      List<Execution> batch = all.subList(from, Math.min(all.size(), from + BATCH));
      store().executions().create(batch);
      store()
          .gates()
          .enqueue(
              KEY,
              new Limit(LIMIT, 1),
              "%06d".formatted(from),
              batch.stream().map(Execution::ticket).toList());
    }
    Map<ExecutionId, Execution> byId =
        all.stream().collect(Collectors.toMap(Execution::id, Function.identity()));
    Work work = new Work(byId);
    work.messages.addAll(store().gates().fill(KEY).granted());
    Together.each(2, worker -> () -> work.until(worker));
    assertThat(work.starts.values()).containsOnly(1);
    assertThat(work.starts).hasSize(all.size());
    requireEnded(new ArrayList<>(byId.keySet()));
    Gate gate = store().gates().find(KEY).orElseThrow();
    assertThat(gate.held()).isEmpty();
    assertThat(gate.waiting()).isFalse();
  }

  private void requireEnded(List<ExecutionId> ids) {
    List<Execution> found = store().executions().find(ids);
    assertThat(found).hasSize(ids.size());
    assertThat(found).allMatch(execution -> execution.status() == Status.SUCCEEDED);
  }

  /** Workers over a queue that delivers one message in eight twice. */
  private final class Work {
    private final Queue<Grant> messages = new ConcurrentLinkedQueue<>();
    private final Map<ExecutionId, Integer> starts = new ConcurrentHashMap<>();
    private final Map<ExecutionId, Execution> all;

    Work(Map<ExecutionId, Execution> all) {
      this.all = all;
    }

    int until(int worker) {
      Random random = new Random(worker);
      for (Grant grant = messages.poll(); grant != null; grant = messages.poll()) {
        if (random.nextInt(8) == 0) {
          messages.add(grant);
        }
        handle(grant, "worker-" + worker);
      }
      return worker;
    }

    private void handle(Grant grant, String worker) {
      Execution execution =
          all.getOrDefault(grant.holder().execution(), execution(0, Optional.empty()));
      Write<Execution> write =
          store().executions().claim(claim(execution, Optional.of(grant), NOON, worker));
      if (write instanceof Write.Applied<Execution> applied) {
        starts.merge(execution.id(), 1, Integer::sum);
        long epoch = applied.now().progress().epoch();
        store().executions().advance(execution.id(), epoch, end(Status.SUCCEEDED));
        handOver(grant);
      } else if (write instanceof Write.Refused<Execution> refused
          && refused.actual().status().ended()) {
        handOver(grant);
      }
    }

    private void handOver(Grant grant) {
      if (store().gates().handOver(grant, false) instanceof HandOver.Next next) {
        messages.add(next.grant());
      }
    }
  }

  @Test
  void oldRunsAreForgottenAFewAtATimeIfSoWanted() {
    List<Run> old = IntStream.range(0, 5).mapToObj(i -> ended(i, Run.State.COMPLETE)).toList();
    Instant after = old.get(4).summary().ended().orElseThrow().plusSeconds(1);

    assertThat(store().purge(after, 2)).isEqualTo(2);
    assertThat(store().runs().history(Optional.empty(), 10)).hasSize(3).allMatch(old::contains);
    assertThat(store().purge(after, 2)).isEqualTo(2);
    assertThat(store().purge(after, 2)).isEqualTo(1);
    assertThat(store().runs().history(Optional.empty(), 10)).isEmpty();
  }

  @Test
  void w40_oldRunsAreForgottenWithAllThatBelongsToThem() {
    Run old = ended(0, Run.State.FAILED);
    Run passed = ended(1, Run.State.PASSED);
    Run recent = ended(50, Run.State.COMPLETE);
    Run open = ended(2, Run.State.DISPATCHING);
    Run queued = ended(3, Run.State.QUEUED);
    Instant end = recent.summary().ended().orElseThrow();
    assertThat(store().purge(end)).isEqualTo(2);
    assertThat(store().purge(end)).isZero();
    assertThat(store().runs().history(Optional.empty(), 10))
        .containsExactlyInAnyOrder(recent, open, queued);
    for (Run gone : List.of(old, passed)) {
      assertThat(store().runs().find(gone.id())).isEmpty();
      assertThat(store().selections().slices(gone.id())).isEmpty();
      assertThat(store().selections().pages(gone.id(), SCOPE, 0, 9)).isEmpty();
      assertThat(store().selections().batches(gone.id())).isEmpty();
      assertThat(store().executions().find(List.of(only(gone).id()))).isEmpty();
      assertThat(store().gates().find(GateKey.ofRun(gone.id(), 0))).isEmpty();
      assertThat(store().gates().find(GateKey.ofRun(gone.id(), 12))).isEmpty();
      assertThat(store().gates().find(GateKey.ofPair(gone.id(), SCOPE))).isEmpty();
    }
    for (Run kept : List.of(recent, open, queued)) {
      assertThat(store().selections().slices(kept.id())).hasSize(1);
      assertThat(store().selections().pages(kept.id(), SCOPE, 0, 9)).hasSize(1);
      assertThat(store().selections().batches(kept.id())).hasSize(1);
      assertThat(store().executions().find(List.of(only(kept).id()))).hasSize(1);
      assertThat(store().gates().fill(GateKey.ofRun(kept.id(), 12)).granted()).hasSize(1);
      assertThat(store().gates().fill(GateKey.ofPair(kept.id(), SCOPE)).granted()).hasSize(1);
    }
    assertThat(store().gates().find(KEY)).isPresent();
  }

  /** With one of everything; a run that was passed over has no instant of its end. */
  private Run ended(int seconds, Run.State state) {
    Run fresh = run("nightly", seconds, state);
    Run run =
        state == Run.State.PASSED
            ? fresh
            : fresh.with(state, fresh.summary().endedAt(fresh.cause().at().plusSeconds(5)));
    store().runs().insert(run);
    store().selections().fanOut(run.id(), List.of(SCOPE));
    store().selections().append(run.id(), new Page(SCOPE, 0, List.of(), 0, Optional.empty()));
    Execution execution = only(run);
    GateKey pair = GateKey.ofPair(run.id(), SCOPE);
    for (GateKey gate :
        List.of(GateKey.ofRun(run.id(), 0), GateKey.ofRun(run.id(), 12), pair, KEY)) {
      store().gates().enqueue(gate, new Limit(1, 1), "1", List.of(execution.ticket()));
    }
    store().executions().create(List.of(execution));
    BatchId batch = execution.origin().batch();
    store().selections().dispatched(run.id(), Batch.fresh(batch, List.of(execution.id()), true));
    return run;
  }

  private static Execution only(Run run) {
    ExecutionId id = ExecutionId.of(run.id(), "unit");
    return Execution.fresh(
        id,
        new Execution.Origin(
            run.id(), new BatchId("*", 0), 0, false, Optional.empty(), Optional.empty(), "{}"));
  }

  @Test
  void anyRowOfOperationsIsAnsweredAsTheOneInMemoryDoes() {
    try (Store reference = new InMemoryStore()) {
      StoreOperations operations = new StoreOperations(new Random(20260301));
      for (int i = 0; i < volume() / 5; i++) {
        StoreOperation operation = operations.next();
        Object expected = operation.answer(reference);
        assertThat(operation.answer(store())).as("%d: %s", i, operation).isEqualTo(expected);
        operations.learn(expected);
      }
    }
  }
}
