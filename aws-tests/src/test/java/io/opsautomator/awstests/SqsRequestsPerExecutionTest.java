package io.opsautomator.awstests;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.aws.dynamodb.DynamoDbStore;
import io.opsautomator.aws.dynamodb.DynamoDbTable;
import io.opsautomator.aws.sqs.SqsQueues;
import io.opsautomator.aws.sqs.SqsWorkQueue;
import io.opsautomator.dispatch.Message;
import io.opsautomator.store.Store;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.testkit.dynamodb.FakeDynamoDb;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sqs.SqsClient;

/** How many requests SQS bills for an execution; the figures are those of docs/cost.md. */
@Timeout(120)
final class SqsRequestsPerExecutionTest {
  private static final int EXECUTIONS = 1_000;

  private final Requests requests = new Requests();
  private final SqsClient sqs = LocalSqs.client(LocalSqs.endpoint(), requests);
  private final SqsQueues queues = SqsQueues.create(sqs, LocalSqs.freshName());
  private final ExecutorService workers = Executors.newCachedThreadPool();

  /** Counts them by operation. */
  private static final class Requests implements ExecutionInterceptor {
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
      counts.merge(context.request().getClass().getSimpleName(), 1, Integer::sum);
    }

    double perExecution(String operation) {
      return counts.getOrDefault(operation + "Request", 0) / (double) EXECUTIONS;
    }

    void print(String what) {
      double all = counts.values().stream().mapToInt(Integer::intValue).sum();
      System.out.printf(
          Locale.ROOT,
          "%s: %.2f requests an execution; %s%n",
          what,
          all / EXECUTIONS,
          new TreeMap<>(counts));
    }
  }

  @AfterEach
  void close() {
    workers.shutdown();
    sqs.close();
  }

  private SqsWorkQueue queue(int most) {
    SqsWorkQueue.Terms terms =
        new SqsWorkQueue.Terms(most, Duration.ofMinutes(2), Duration.ofSeconds(1));
    requests.counts.clear();
    return SqsWorkQueue.of(sqs, queues, workers, terms, Clock.systemUTC());
  }

  @Test
  void tenMessagesGoIntoEachRequest() throws InterruptedException {
    CountDownLatch left = new CountDownLatch(EXECUTIONS);
    try (SqsWorkQueue queue = queue(100)) {
      queue.send(
          IntStream.range(0, EXECUTIONS).mapToObj(SqsRequestsPerExecutionTest::message).toList(),
          Duration.ZERO);
      queue.deliverTo(
          delivery -> {
            delivery.acknowledge();
            left.countDown();
          });
      assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();
    }

    requests.print("messages in batches of ten");
    assertThat(requests.perExecution("SendMessageBatch")).isEqualTo(0.1);
    assertThat(requests.perExecution("ReceiveMessage")).isLessThan(0.2);
    assertThat(requests.perExecution("DeleteMessageBatch")).isLessThan(0.2);
  }

  private static Message message(int number) {
    RunId run = new RunId("aaaaaaaaaaaaaaaaaaaaaaaaaa");
    return new Message.Start(ExecutionId.of(run, "" + number), 0, Optional.empty());
  }

  @Test
  void aWholeRunSendsInTensAndHandsOverOneByOne() throws InterruptedException {
    run(0);
    requests.print("whole run, no limit, " + LampRuns.WORKERS + " workers");
    assertThat(requests.perExecution("SendMessageBatch")).isLessThan(0.15);

    run(5);
    requests.print("whole run, limit 5, " + LampRuns.WORKERS + " workers");
    assertThat(requests.perExecution("SendMessageBatch")).isLessThan(1.1);
  }

  private void run(int limit) throws InterruptedException {
    FakeDynamoDb dynamo = new FakeDynamoDb();
    DynamoDbTable.create(dynamo, "ops", Optional.empty());
    try (Store store = DynamoDbStore.over(dynamo, "ops").open()) {
      new LampRuns().run(store, Optional.of(queue(LampRuns.WORKERS)), EXECUTIONS, limit);
    }
  }
}
