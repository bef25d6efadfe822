package io.opsautomator.aws.sqs;

import static java.util.stream.Collectors.groupingBy;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;

/**
 * Deletes and hides messages, ten a call. What fails is logged only: a message that was not deleted
 * comes again, finds its work done and is deleted then; one that was not hidden comes at another
 * time. Thread-safe.
 */
final class Receipts implements Settlement {
  private static final Logger LOG = LoggerFactory.getLogger(Receipts.class);
  private static final int MESSAGES_A_CALL = 10;

  private final SqsClient sqs;
  private final SqsQueues queues;

  record Hiding(ReceivedMessage message, Duration pause) {}

  private interface Call {
    List<BatchResultErrorEntry> failed();
  }

  Receipts(SqsClient sqs, SqsQueues queues) {
    this.sqs = sqs;
    this.queues = queues;
  }

  @Override
  public void done(ReceivedMessage message) {
    delete(List.of(message));
  }

  @Override
  public void hide(ReceivedMessage message, Duration pause) {
    hide(List.of(new Hiding(message, pause)));
  }

  void delete(List<ReceivedMessage> messages) {
    messages.stream()
        .collect(groupingBy(ReceivedMessage::from))
        .forEach((role, some) -> delete(queues.url(role).orElseThrow(), some));
  }

  private void delete(URI queue, List<ReceivedMessage> all) {
    for (List<ReceivedMessage> some : parts(all)) {
      List<DeleteMessageBatchRequestEntry> entries =
          IntStream.range(0, some.size()).mapToObj(i -> deletion(i, some.get(i))).toList();
      call(
          "deleted from " + queue,
          () ->
              sqs.deleteMessageBatch(r -> r.queueUrl(queue.toString()).entries(entries)).failed());
    }
  }

  private static DeleteMessageBatchRequestEntry deletion(int number, ReceivedMessage message) {
    return DeleteMessageBatchRequestEntry.builder()
        .id(Integer.toString(number))
        .receiptHandle(message.handle())
        .build();
  }

  void hide(List<Hiding> messages) {
    messages.stream()
        .collect(groupingBy(hiding -> hiding.message().from()))
        .forEach((role, some) -> hide(queues.url(role).orElseThrow(), some));
  }

  private void hide(URI queue, List<Hiding> all) {
    for (List<Hiding> some : parts(all)) {
      List<ChangeMessageVisibilityBatchRequestEntry> entries =
          IntStream.range(0, some.size()).mapToObj(i -> change(i, some.get(i))).toList();
      call(
          "hidden in " + queue,
          () ->
              sqs.changeMessageVisibilityBatch(r -> r.queueUrl(queue.toString()).entries(entries))
                  .failed());
    }
  }

  private static ChangeMessageVisibilityBatchRequestEntry change(int number, Hiding hiding) {
    return ChangeMessageVisibilityBatchRequestEntry.builder()
        .id(Integer.toString(number))
        .receiptHandle(hiding.message().handle())
        .visibilityTimeout(Seconds.up(hiding.pause()))
        .build();
  }

  private static void call(String what, Call call) {
    try {
      for (BatchResultErrorEntry entry : call.failed()) {
        LOG.warn("A message could not be {}: {}: {}", what, entry.code(), entry.message());
      }
    } catch (SdkException e) {
      LOG.warn("Messages could not be {}", what, e);
    }
  }

  private static <T> List<List<T>> parts(List<T> all) {
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += MESSAGES_A_CALL) {
      parts.add(all.subList(from, Math.min(all.size(), from + MESSAGES_A_CALL)));
    }
    return parts;
  }
}
