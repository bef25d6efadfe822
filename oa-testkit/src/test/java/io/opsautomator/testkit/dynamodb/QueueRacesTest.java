package io.opsautomator.testkit.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.aws.dynamodb.DynamoDbStore;
import io.opsautomator.aws.dynamodb.DynamoDbTable;
import io.opsautomator.store.Gate;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Gates;
import io.opsautomator.store.Gates.HandOver;
import io.opsautomator.store.Gates.Limit;
import io.opsautomator.store.Grant;
import io.opsautomator.store.Ticket;
import io.opsautomator.task.ExecutionId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Somebody queues at a gate while others do something there, between any two of his calls and
 * before each of several in a row: all are served, and each once.
 */
final class QueueRacesTest {
  private static final GateKey KEY = new GateKey("ec2/111122223333");
  private static final Limit TWO = new Limit(2, 1);
  private static final String TABLE = "ops";

  /** What others do meanwhile. */
  enum Meanwhile {
    ONE_SLOT_IS_HANDED_ON(others -> others.serve(1)),
    ALL_WHO_WAIT_ARE_SERVED(others -> others.serve(Integer.MAX_VALUE)),
    SOMEBODY_OLDER_QUEUES(others -> others.queue("03", 1)),
    MANY_QUEUE(others -> others.queue("08", 40)),
    ONE_QUEUES_AND_MANY_ARE_SERVED(
        others -> {
          others.queue("07", 1);
          others.serve(30);
        });

    private final Consumer<Others> work;

    Meanwhile(Consumer<Others> work) {
      this.work = work;
    }
  }

  /** A worker of its own, and what the test has to know of all. */
  private static final class Others {
    private final FakeDynamoDb dynamo = new FakeDynamoDb();
    private final Gates gates;
    private final ArrayDeque<Grant> running = new ArrayDeque<>();
    private final List<Ticket> queued = new ArrayList<>();
    private final List<Ticket> served = new ArrayList<>();
    private int rounds;

    Others(int waiting) {
      DynamoDbTable.create(dynamo, TABLE, Optional.empty());
      gates = DynamoDbStore.over(dynamo, TABLE).writer("others").open().gates();
      queue("06", waiting);
      running.addAll(gates.fill(KEY).granted());
    }

    List<Ticket> fresh(int count) {
      int first = queued.size();
      List<Ticket> fresh =
          IntStream.range(first, first + count)
              .mapToObj(i -> new Ticket(new ExecutionId("x" + i), 0))
              .toList();
      queued.addAll(fresh);
      return fresh;
    }

    void queue(String order, int count) {
      String name = "%s-%02d".formatted(order, rounds++);
      gates.enqueue(KEY, TWO, name, fresh(count));
    }

    void serve(int most) {
      running.addAll(gates.fill(KEY).granted());
      for (int i = 0; i < most && !running.isEmpty(); i++) {
        Grant grant = running.remove();
        served.add(grant.holder());
        if (gates.handOver(grant, false) instanceof HandOver.Next next) {
          running.add(next.grant());
        }
      }
    }

    void requireAllServedOnce() {
      serve(Integer.MAX_VALUE);
      assertThat(served).containsExactlyInAnyOrderElementsOf(queued);
      Gate gate = gates.find(KEY).orElseThrow();
      assertThat(gate.held()).isEmpty();
      assertThat(gate.waiting()).isFalse();
    }
  }

  /** Before each call from the first to the last of these, others are at work. */
  private record Disturbed(FakeDynamoDb dynamo, int first, int last, Runnable others, int[] calls) {
    Gates gates() {
      DynamoDbClient client =
          (DynamoDbClient)
              Proxy.newProxyInstance(
                  DynamoDbClient.class.getClassLoader(),
                  new Class<?>[] {DynamoDbClient.class},
                  (proxy, method, arguments) -> call(method, arguments));
      return DynamoDbStore.over(client, TABLE).writer("who queues").open().gates();
    }

    private Object call(java.lang.reflect.Method method, Object[] arguments) throws Throwable {
      int call = calls[0]++;
      if (call >= first && call <= last) {
        others.run();
      }
      try {
        return method.invoke(dynamo, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void w18_whoQueuesWhileTheWindowIsAlmostFull(Meanwhile meanwhile) {
    everywhere(meanwhile, 26, "05", 1);
    everywhere(meanwhile, 26, "09", 3);
  }

  @ParameterizedTest
  @EnumSource
  void w18_whoQueuesAndPushesOthersOutOfTheWindow(Meanwhile meanwhile) {
    everywhere(meanwhile, 27, "05", 1);
    everywhere(meanwhile, 27, "05", 30);
  }

  @ParameterizedTest
  @EnumSource
  void w18_whoQueuesBehindPages(Meanwhile meanwhile) {
    everywhere(meanwhile, 60, "09", 30);
    everywhere(meanwhile, 60, "05", 2);
  }

  @ParameterizedTest
  @EnumSource
  void w18_manyWhoQueueWhereNobodyWaits(Meanwhile meanwhile) {
    everywhere(meanwhile, 2, "09", 60);
    everywhere(meanwhile, 0, "09", 30);
  }

  private static void everywhere(Meanwhile meanwhile, int waiting, String order, int newcomers) {
    int calls = 1;
    for (int first = 0; first < calls; first++) {
      for (int last = first; last < first + 8; last++) {
        calls = Math.max(calls, once(meanwhile, waiting, order, newcomers, first, last));
      }
    }
    assertThat(calls).isGreaterThan(1);
  }

  private static int once(
      Meanwhile meanwhile, int waiting, String order, int newcomers, int first, int last) {
    Others others = new Others(waiting);
    Disturbed disturbed =
        new Disturbed(
            others.dynamo, first, last, () -> meanwhile.work.accept(others), new int[] {0});
    disturbed.gates().enqueue(KEY, TWO, order, others.fresh(newcomers));
    others.requireAllServedOnce();
    return disturbed.calls()[0];
  }
}
