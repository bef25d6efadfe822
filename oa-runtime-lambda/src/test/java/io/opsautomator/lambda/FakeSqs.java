package io.opsautomator.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsautomator.aws.sqs.SqsQueues;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/**
 * Queues within this process, and what an event source mapping makes of them: batches as events, of
 * which all is deleted that is not reported as failed. Thread-safe.
 */
final class FakeSqs implements SqsClient {
  static final SqsQueues QUEUES =
      new SqsQueues(url("ops-work"), url("ops-checks"), Optional.of(url("ops-dead")));

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration HIDDEN = Duration.ofMinutes(90);

  private final InstantSource clock;
  private final Consumer<String> sent;
  private final List<Stored> messages = new ArrayList<>();
  private int numbers;

  private static final class Stored {
    private final String queue;
    private final String id;
    private final String body;
    private final Instant sent;
    private Instant visible;
    private int receipts;

    Stored(String queue, String id, String body, Instant sent, Instant visible) {
      this.queue = queue;
      this.id = id;
      this.body = body;
      this.sent = sent;
      this.visible = visible;
    }
  }

  FakeSqs(InstantSource clock) {
    this(clock, event -> {});
  }

  /**
   * @param sent is told of each message, as an event with nothing but that
   */
  FakeSqs(InstantSource clock, Consumer<String> sent) {
    this.clock = clock;
    this.sent = sent;
  }

  private static URI url(String name) {
    return URI.create("https://sqs.eu-west-1.amazonaws.com/111122223333/" + name);
  }

  private static String name(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  // -- As the event source mapping sees it --------------------------------------------------------

  /** An event with up to ten messages of one queue; empty if none may be delivered now. */
  synchronized Optional<String> receive() {
    Instant now = clock.instant();
    List<Stored> due = messages.stream().filter(m -> !m.visible.isAfter(now)).toList();
    if (due.isEmpty()) {
      return Optional.empty();
    }
    String queue = due.get(0).queue;
    List<Stored> batch = due.stream().filter(m -> m.queue.equals(queue)).limit(10).toList();
    batch.forEach(
        message -> {
          message.receipts++;
          message.visible = now.plus(HIDDEN);
        });
    return Optional.of(event(batch));
  }

  private static String event(List<Stored> batch) {
    ObjectNode event = JSON.createObjectNode();
    ArrayNode records = event.putArray("Records");
    for (Stored message : batch) {
      ObjectNode one = records.addObject();
      one.put("messageId", message.id);
      one.put("receiptHandle", message.id);
      one.put("body", message.body);
      one.put("eventSource", "aws:sqs");
      one.put("eventSourceARN", "arn:aws:sqs:eu-west-1:111122223333:" + message.queue);
      one.putObject("attributes")
          .put("ApproximateReceiveCount", "" + message.receipts)
          .put("SentTimestamp", "" + message.sent.toEpochMilli());
    }
    return event.toString();
  }

  /** Deletes what was in the event, but for what its answer reports as failed. */
  synchronized void settle(String event, String answer) {
    Set<String> failed = new HashSet<>();
    tree(answer)
        .path("batchItemFailures")
        .forEach(one -> failed.add(one.path("itemIdentifier").asText()));
    Set<String> ids = new HashSet<>();
    tree(event).path("Records").forEach(one -> ids.add(one.path("messageId").asText()));
    ids.removeAll(failed);
    messages.removeIf(message -> ids.contains(message.id));
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  /** When the next message may be delivered. */
  synchronized Optional<Instant> next() {
    return messages.stream().map(message -> message.visible).min(Instant::compareTo);
  }

  /** A message that nobody understands. */
  synchronized void poison(String body) {
    add("ops-work", body, 0);
  }

  synchronized int size() {
    return messages.size();
  }

  synchronized List<Integer> receipts() {
    return messages.stream().map(message -> message.receipts).toList();
  }

  // -- As the engine sees it ----------------------------------------------------------------------

  private void add(String queue, String body, int delay) {
    Instant now = clock.instant();
    Stored message = new Stored(queue, "m-" + ++numbers, body, now, now.plusSeconds(delay));
    messages.add(message);
    sent.accept(event(List.of(message)));
  }

  @Override
  public synchronized SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
    for (SendMessageBatchRequestEntry one : request.entries()) {
      add(name(request.queueUrl()), one.messageBody(), one.delaySeconds());
    }
    return SendMessageBatchResponse.builder().build();
  }

  @Override
  public synchronized ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
      ChangeMessageVisibilityBatchRequest request) {
    for (ChangeMessageVisibilityBatchRequestEntry one : request.entries()) {
      messages.stream()
          .filter(message -> message.id.equals(one.receiptHandle()))
          .forEach(m -> m.visible = clock.instant().plusSeconds(one.visibilityTimeout()));
    }
    return ChangeMessageVisibilityBatchResponse.builder().build();
  }

  @Override
  public synchronized DeleteMessageBatchResponse deleteMessageBatch(
      DeleteMessageBatchRequest request) {
    request
        .entries()
        .forEach(one -> messages.removeIf(message -> message.id.equals(one.receiptHandle())));
    return DeleteMessageBatchResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return "sqs";
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
