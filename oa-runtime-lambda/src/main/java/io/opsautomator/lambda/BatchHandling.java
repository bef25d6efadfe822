package io.opsautomator.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsautomator.aws.sqs.ReceivedMessage;
import io.opsautomator.aws.sqs.SqsEventQueue;
import io.opsautomator.aws.sqs.SqsQueues;
import io.opsautomator.aws.sqs.SqsQueues.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Hands the messages of an event to the engine, and answers which of them SQS must keep: the
 * mapping deletes all others. That needs {@code ReportBatchItemFailures} in the mapping.
 */
record BatchHandling(SqsEventQueue queue, SqsQueues queues) {
  Map<String, Object> handle(Event.Batch event, Instant now, TimeLeft time) {
    List<ReceivedMessage> messages =
        event.records().stream().map(one -> message(one, now)).toList();
    Set<String> kept = queue.handle(messages, time.beginBy(), time.returnBy());
    return Map.of(
        "batchItemFailures",
        messages.stream()
            .map(ReceivedMessage::id)
            .filter(kept::contains)
            .map(id -> Map.of("itemIdentifier", id))
            .toList());
  }

  private ReceivedMessage message(JsonNode one, Instant now) {
    String arn = one.path("eventSourceARN").asText();
    Role from = queues.role(arn).orElseThrow(() -> foreign(arn));
    JsonNode attributes = one.path("attributes");
    return new ReceivedMessage(
        from,
        one.path("messageId").asText(),
        one.path("receiptHandle").asText(),
        one.path("body").asText(),
        Math.max(1, attributes.path("ApproximateReceiveCount").asInt(1)),
        Instant.ofEpochMilli(attributes.path("SentTimestamp").asLong(now.toEpochMilli())),
        now);
  }

  private IllegalStateException foreign(String arn) {
    return new IllegalStateException(
        "messages come from "
            + arn
            + ", which is none of this deployment's queues: "
            + queues.work()
            + ", "
            + queues.checks()
            + queues.dead().map(url -> ", " + url).orElse("")
            + "; change the event source mapping, or OA_WORK_QUEUE_URL and OA_CHECK_QUEUE_URL");
  }
}
