package io.opsautomator.awstests;

import io.opsautomator.aws.sqs.SqsQueues;
import io.opsautomator.aws.sqs.SqsWorkQueue;
import io.opsautomator.dispatch.WorkQueue;
import io.opsautomator.testkit.SharedQueueContract;
import io.opsautomator.testkit.aws.AwsEndpoint;
import io.opsautomator.testkit.aws.EmulatedAws;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/** The same against an emulator that answers a hundred calls a second. */
@ExtendWith(AwsEndpoint.class)
final class SqsWorkQueueEmulatorTest extends SharedQueueContract {
  private final SqsClient sqs;
  private final SqsQueues queues;

  SqsWorkQueueEmulatorTest(EmulatedAws emulated) {
    sqs = LocalSqs.client(emulated.address(), new AskedInTheOldWay());
    queues = SqsQueues.create(sqs, LocalSqs.freshName());
  }

  /** The emulator knows only the name that this part of a request had before. */
  private static final class AskedInTheOldWay implements ExecutionInterceptor {
    @Override
    @SuppressWarnings("deprecation")
    public SdkRequest modifyRequest(
        Context.ModifyRequest context, ExecutionAttributes executionAttributes) {
      return context.request() instanceof ReceiveMessageRequest asked
          ? asked.toBuilder()
              .attributeNamesWithStrings(asked.messageSystemAttributeNamesAsStrings())
              .build()
          : context.request();
    }
  }

  @Override
  protected int volume() {
    return 200;
  }

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
