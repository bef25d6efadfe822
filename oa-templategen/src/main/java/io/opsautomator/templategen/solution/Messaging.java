package io.opsautomator.templategen.solution;

import static io.opsautomator.templategen.solution.Settings.IF_OWN_KEY;

import io.opsautomator.templategen.cloudformation.Fields;
import io.opsautomator.templategen.cloudformation.Pseudo;
import io.opsautomator.templategen.cloudformation.Resource;
import io.opsautomator.templategen.cloudformation.Template;
import io.opsautomator.templategen.cloudformation.Value;
import java.time.Duration;

/**
 * Two queues, for a piece of work that comes back 20 times has something wrong with it, while a
 * completion check that comes back 20 times is only patient; and one for what neither could do.
 */
final class Messaging {
  private static final int WORK_RECEIVES = 20;
  private static final int CHECK_RECEIVES = 1000;

  /** The longest that SQS keeps anything. */
  private static final Duration RETENTION = Duration.ofDays(14);

  /** Longer than a function may run, or it would get again what it still works on. */
  private static final Duration VISIBILITY = Functions.WORKER_TIMEOUT.plusMinutes(1);

  private Messaging() {}

  static void addTo(Template.Builder all) {
    all.resource(Ids.DEAD_LETTERS, queue())
        .resource(Ids.WORK_QUEUE, queue().with("RedrivePolicy", redrive(WORK_RECEIVES)))
        .resource(Ids.CHECK_QUEUE, queue().with("RedrivePolicy", redrive(CHECK_RECEIVES)))
        .resource(
            "QueuePolicy",
            Resource.of("AWS::SQS::QueuePolicy")
                .with(
                    "Queues",
                    Value.list(
                        Value.ref(Ids.DEAD_LETTERS),
                        Value.ref(Ids.WORK_QUEUE),
                        Value.ref(Ids.CHECK_QUEUE)))
                .with("PolicyDocument", Policies.document(Policies.onlyEncrypted("sqs:*", "*")))
                .noting("Wildcards", "In a queue's own policy, * is the queue."));
  }

  private static Resource queue() {
    return Resource.of("AWS::SQS::Queue")
        .with("MessageRetentionPeriod", RETENTION.toSeconds())
        .with("ReceiveMessageWaitTimeSeconds", 20)
        .with("VisibilityTimeout", VISIBILITY.toSeconds())
        .with("KmsMasterKeyId", Encryption.arn())
        .with("SqsManagedSseEnabled", Value.when(IF_OWN_KEY, Pseudo.NO_VALUE, true));
  }

  private static Fields redrive(int receives) {
    return Value.fields()
        .with("deadLetterTargetArn", Value.arn(Ids.DEAD_LETTERS))
        .with("maxReceiveCount", receives);
  }
}
