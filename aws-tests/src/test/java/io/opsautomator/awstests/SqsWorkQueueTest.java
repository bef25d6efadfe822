package io.opsautomator.awstests;

import io.opsautomator.aws.sqs.SqsQueues;
import io.opsautomator.aws.sqs.SqsWorkQueue;
import io.opsautomator.dispatch.WorkQueue;
import io.opsautomator.testkit.SharedQueueContract;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.services.sqs.SqsClient;

final class SqsWorkQueueTest extends SharedQueueContract {
  private final SqsClient sqs = LocalSqs.client();
  private final SqsQueues queues = SqsQueues.create(sqs, LocalSqs.freshName());

  @Override
  protected WorkQueue open(ExecutorService workers, int most) {
    SqsWorkQueue.Terms terms =
        new SqsWorkQueue.Terms(most, Duration.ofSeconds(5), Duration.ofSeconds(1));
    return SqsWorkQueue.of(sqs, queues, workers, terms, Clock.systemUTC());
  }

  @AfterEach
  void closeClient() {
    sqs.close();
  }
}
