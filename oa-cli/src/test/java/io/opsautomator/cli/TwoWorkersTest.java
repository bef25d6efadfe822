package io.opsautomator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.OpsAutomator;
import io.opsautomator.Vitals;
import io.opsautomator.aws.dynamodb.DynamoDbStore;
import io.opsautomator.aws.dynamodb.DynamoDbTable;
import io.opsautomator.dispatch.Message;
import io.opsautomator.dispatch.WorkQueue;
import io.opsautomator.store.Execution;
import io.opsautomator.store.InMemoryStore;
import io.opsautomator.store.Run;
import io.opsautomator.store.Store;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskFile;
import io.opsautomator.testkit.dynamodb.FakeDynamoDb;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first days of {@code oa demo}, once embedded and once through two workers that share a table
 * and a queue, of which one is stopped on the way and another one started: what came of every task
 * is the same. {@code -Ddemo.days=7} makes it the whole week.
 */
final class TwoWorkersTest {
  private static final int DAYS = Integer.getInteger("demo.days", 3);
  private static final int RUNS = 10_000;
  private static final String TABLE = "demo";

  @TempDir Path folder;

  /** As SQS does it: everyone who shares it is given some, and what one gives back comes again. */
  private static final class SharedQueue {
    private final WideTime time;

    // -- Guarded by this --------------------------------------------------------------------------
    private final List<End> open = new ArrayList<>();
    private final ArrayDeque<Letter> waiting = new ArrayDeque<>();
    private final Map<End, Integer> handed = new HashMap<>();
    private int turn;

    private record Letter(Message message, int receipts) {}

    SharedQueue(WideTime time) {
      this.time = time;
    }

    void send(Letter letter, Duration delay) {
      if (delay.isZero() || delay.isNegative()) {
        arrive(letter);
      } else {
        time.at(time.instant().plus(delay), () -> arrive(letter));
      }
    }

    private synchronized void arrive(Letter letter) {
      if (open.isEmpty()) {
        waiting.add(letter);
        return;
      }
      End taker = open.get(turn++ % open.size());
      handed.merge(taker, 1, Integer::sum);
      time.execute(() -> taker.take(letter));
    }

    private synchronized void opened(End end) {
      open.add(end);
      List<Letter> all = List.copyOf(waiting);
      waiting.clear();
      all.forEach(this::arrive);
    }

    private synchronized void closed(End end) {
      open.remove(end);
    }

    synchronized int handedTo(End end) {
      return handed.getOrDefault(end, 0);
    }
  }

  /** What one worker has of the queue. */
  private static final class End implements WorkQueue {
    private final SharedQueue queue;
    private volatile boolean closed;
    private volatile Consumer<Delivery> handler = delivery -> {};

    End(SharedQueue queue) {
      this.queue = queue;
    }

    @Override
    public void send(List<Message> messages, Duration delay) {
      messages.forEach(message -> queue.send(new SharedQueue.Letter(message, 1), delay));
    }

    @Override
    public void deliverTo(Consumer<Delivery> to) {
      handler = to;
      queue.opened(this);
    }

    @Override
    public boolean durable() {
      return true;
    }

    void take(SharedQueue.Letter letter) {
      Handed hand = new Handed(queue, letter);
      if (closed) {
        hand.again(Duration.ZERO);
        return;
      }
      try {
        handler.accept(hand);
      } catch (RuntimeException e) {
        hand.again(Duration.ofSeconds(10));
      }
    }

    @Override
    public void close() {
      closed = true;
      queue.closed(this);
    }
  }

  private record Handed(SharedQueue queue, SharedQueue.Letter letter)
      implements WorkQueue.Delivery {
    @Override
    public Message message() {
      return letter.message();
    }

    @Override
    public int receipts() {
      return letter.receipts();
    }

    @Override
    public void acknowledge() {}

    @Override
    public void again(Duration after) {
      queue.send(new SharedQueue.Letter(letter.message(), letter.receipts() + 1), after);
    }
  }

  private List<Task> tasks() throws IOException {
    Path file = folder.resolve("tasks.yaml");
    try (InputStream in =
        Objects.requireNonNull(TwoWorkersTest.class.getResourceAsStream("demo.yaml"))) {
      Files.copy(in, file);
    }
    return TaskFile.read(file).tasks().stream().map(TaskFile.Located::task).toList();
  }

  private static void live(DemoWorld demo, int from, int to) throws InterruptedException {
    for (int day = from; day <= to; day++) {
      Instant midnight = DemoWorld.START.atZone(DemoWorld.ZONE).plusDays(day).toInstant();
      demo.time.runUntil(midnight);
    }
  }

  /** How many runs and executions of each task ended how. */
  private static Map<String, Integer> outcomes(Store store) {
    Map<String, Integer> all = new TreeMap<>();
    for (Run run : store.runs().history(Optional.empty(), RUNS)) {
      String task = run.task().value();
      all.merge(task + " run " + run.state(), 1, Integer::sum);
      store.selections().batches(run.id()).stream()
          .flatMap(batch -> store.executions().find(batch.executions()).stream())
          .map(Execution::status)
          .forEach(status -> all.merge(task + " " + status, 1, Integer::sum));
    }
    return all;
  }

  private static Map<String, Integer> embedded(List<Task> tasks) throws InterruptedException {
    Store store = new InMemoryStore();
    try (DemoWorld demo = new DemoWorld()) {
      OpsAutomator.Builder builder = demo.builder(store, call -> {});
      tasks.forEach(builder::task);
      try (OpsAutomator engine = builder.build()) {
        engine.start();
        live(demo, 1, DAYS);
        assertThat(engine.vitals().state()).isEqualTo(Vitals.State.WORKING);
      }
    }
    return outcomes(store);
  }

  private static OpsAutomator worker(
      String name, DemoWorld demo, FakeDynamoDb dynamo, End end, List<Task> tasks) {
    Store store = DynamoDbStore.over(dynamo, TABLE).writer(name).open();
    OpsAutomator.Builder builder = demo.builder(store, call -> {}).queue(end).worker(name);
    tasks.forEach(builder::task);
    OpsAutomator worker = builder.build();
    worker.start();
    return worker;
  }

  @Test
  void theDemoComesToTheSameThroughTwoWorkersAsEmbedded() throws IOException, InterruptedException {
    List<Task> tasks = tasks();
    FakeDynamoDb dynamo = new FakeDynamoDb();
    DynamoDbTable.create(dynamo, TABLE, Optional.empty());
    try (DemoWorld demo = new DemoWorld()) {
      SharedQueue queue = new SharedQueue(demo.time);
      List<End> ends = List.of(new End(queue), new End(queue), new End(queue));
      try (OpsAutomator first = worker("first", demo, dynamo, ends.get(0), tasks)) {
        OpsAutomator second = worker("second", demo, dynamo, ends.get(1), tasks);
        demo.time.at(DemoWorld.START.plus(Duration.ofHours(43)), second::close);
        live(demo, 1, 2);
        try (OpsAutomator third = worker("third", demo, dynamo, ends.get(2), tasks)) {
          live(demo, 3, DAYS);
          assertThat(third.vitals().handled()).isPositive();
        }
        assertThat(first.vitals().handled()).isPositive();
        assertThat(second.vitals().state()).isEqualTo(Vitals.State.CLOSING);
      }
      assertThat(ends).allMatch(end -> queue.handedTo(end) > 100);
    }
    assertThat(outcomes(DynamoDbStore.over(dynamo, TABLE).open())).isEqualTo(embedded(tasks));
  }
}
