package io.opsautomator.awstests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.aws.sqs.SqsQueues;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

final class SqsQueuesTest {
  private final SqsClient sqs = LocalSqs.client();

  @AfterEach
  void close() {
    sqs.close();
  }

  private Map<QueueAttributeName, String> settings(URI queue) {
    return sqs.getQueueAttributes(
            r -> r.queueUrl(queue.toString()).attributeNames(QueueAttributeName.ALL))
        .attributes();
  }

  @Test
  void makingThemAgainIsHarmless() {
    String name = LocalSqs.freshName();
    SqsQueues made = SqsQueues.create(sqs, name);
    assertThat(SqsQueues.create(sqs, name)).isEqualTo(made);
  }

  @Test
  void workIsDeadAfterTwentyReceivesAndChecksAreLongAfter() {
    String name = LocalSqs.freshName();
    SqsQueues made = SqsQueues.create(sqs, name);
    assertThat(settings(made.work()).get(QueueAttributeName.REDRIVE_POLICY))
        .contains("20")
        .contains(name + "-dead");
    assertThat(settings(made.checks()).get(QueueAttributeName.REDRIVE_POLICY))
        .contains("1000")
        .contains(name + "-dead");
  }

  @Test
  void aNameThatQueuesCannotHaveIsRefused() {
    assertThatThrownBy(() -> SqsQueues.create(sqs, "my queues"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("my queues");
  }
}
