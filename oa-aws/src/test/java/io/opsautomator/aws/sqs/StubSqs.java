package io.opsautomator.aws.sqs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** Remembers what was asked of it; takes every message but those it is told to leave. */
final class StubSqs implements SqsClient {
  final List<SendMessageBatchRequest> sent = new ArrayList<>();
  final List<String> deleted = new ArrayList<>();
  final List<String> hidden = new ArrayList<>();

  /** What is not taken, and whether that is the sender's fault. */
  Predicate<SendMessageBatchRequestEntry> refused = entry -> false;

  boolean sendersFault;

  @Override
  public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
    sent.add(request);
    List<BatchResultErrorEntry> failed =
        request.entries().stream().filter(refused).map(this::failure).toList();
    return SendMessageBatchResponse.builder().failed(failed).build();
  }

  private BatchResultErrorEntry failure(SendMessageBatchRequestEntry entry) {
    return BatchResultErrorEntry.builder()
        .id(entry.id())
        .senderFault(sendersFault)
        .code("InternalError")
        .message("not now")
        .build();
  }

  Stream<String> bodies() {
    return sent.stream()
        .flatMap(request -> request.entries().stream())
        .map(SendMessageBatchRequestEntry::messageBody);
  }

  @Override
  public DeleteMessageBatchResponse deleteMessageBatch(DeleteMessageBatchRequest request) {
    request.entries().forEach(entry -> deleted.add(entry.receiptHandle()));
    return DeleteMessageBatchResponse.builder().build();
  }

  /** Such as {@code handle:30}. */
  @Override
  public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
      ChangeMessageVisibilityBatchRequest request) {
    request.entries().forEach(e -> hidden.add(e.receiptHandle() + ":" + e.visibilityTimeout()));
    return ChangeMessageVisibilityBatchResponse.builder().build();
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
