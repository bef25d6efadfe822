package io.opsautomator.testkit;

import static io.opsautomator.testkit.StoreItems.NOON;
import static io.opsautomator.testkit.StoreItems.claim;
import static io.opsautomator.testkit.StoreItems.end;
import static io.opsautomator.testkit.StoreItems.execution;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.store.Execution;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Gates.HandOver;
import io.opsautomator.store.Gates.Limit;
import io.opsautomator.store.Grant;
import io.opsautomator.store.InMemoryStore;
import io.opsautomator.store.Store;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
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
      if (store().gates().handOver(grant) instanceof HandOver.Next next) {
        messages.add(next.grant());
      }
    }
  }

  @Test
  void anyRowOfOperationsIsAnsweredAsTheOneInMemoryDoes() {
    try (Store reference = new InMemoryStore()) {
      StoreOperations operations = new StoreOperations(new Random(20260301));
      for (int i = 0; i < volume() / 5; i++) {
        StoreOperations.Operation operation = operations.next();
        Object expected = operation.answer(reference);
        assertThat(operation.answer(store())).as("%d: %s", i, operation).isEqualTo(expected);
        operations.learn(expected);
      }
    }
  }
}
