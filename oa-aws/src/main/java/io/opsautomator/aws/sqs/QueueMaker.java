package io.opsautomator.aws.sqs;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * Makes queues, or changes those that are there to what they should be; but for their encryption,
 * for which they may have been given a key.
 */
final class QueueMaker {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,73}");

  /** The longest that SQS knows. */
  private static final Duration KEPT = Duration.ofDays(14);

  /**
   * More than any function lasts, as Lambda demands of a queue that it reads. Whoever receives by
   * itself says its own.
   */
  private static final Duration HIDDEN = Duration.ofMinutes(16);

  private final SqsClient sqs;

  QueueMaker(SqsClient sqs) {
    this.sqs = sqs;
  }

  SqsQueues make(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'%s' cannot begin the names of queues: allowed are 1 to 73 letters, digits, - and _"
              .formatted(name));
    }
    String dead = queue(name + "-dead", settings());
    String arn = arn(dead);
    return new SqsQueues(
        URI.create(queue(name + "-work", with(arn, SqsQueues.Role.WORK))),
        URI.create(queue(name + "-checks", with(arn, SqsQueues.Role.CHECKS))),
        Optional.of(URI.create(dead)));
  }

  private String arn(String url) {
    String arn =
        sqs.getQueueAttributes(q -> q.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    if (arn == null) {
      throw new IllegalStateException("SQS does not tell the ARN of " + url);
    }
    return arn;
  }

  private String queue(String name, Map<QueueAttributeName, String> settings) {
    try {
      String url = sqs.getQueueUrl(request -> request.queueName(name)).queueUrl();
      sqs.setQueueAttributes(request -> request.queueUrl(url).attributes(settings));
      return url;
    } catch (SqsException e) {
      if (!missing(e)) {
        throw e;
      }
      Map<QueueAttributeName, String> all = new LinkedHashMap<>(settings);
      all.put(QueueAttributeName.SQS_MANAGED_SSE_ENABLED, "true");
      return sqs.createQueue(request -> request.queueName(name).attributes(all)).queueUrl();
    }
  }

  /** Told by its code, since emulators do not give it the type that AWS does. */
  private static boolean missing(SqsException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    String code = details == null ? "" : String.valueOf(details.errorCode());
    return code.contains("NonExistentQueue") || code.contains("QueueDoesNotExist");
  }

  private static Map<QueueAttributeName, String> settings() {
    Map<QueueAttributeName, String> settings = new LinkedHashMap<>();
    settings.put(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "" + KEPT.toSeconds());
    settings.put(QueueAttributeName.VISIBILITY_TIMEOUT, "" + HIDDEN.toSeconds());
    return settings;
  }

  private static Map<QueueAttributeName, String> with(String dead, SqsQueues.Role role) {
    Map<QueueAttributeName, String> settings = settings();
    settings.put(
        QueueAttributeName.REDRIVE_POLICY,
        "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}".formatted(dead, role.receives()));
    return settings;
  }
}
