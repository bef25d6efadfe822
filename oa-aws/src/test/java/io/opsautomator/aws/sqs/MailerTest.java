package io.opsautomator.aws.sqs;

import static io.opsautomator.aws.sqs.Received.NOON;
import static io.opsautomator.aws.sqs.Received.QUEUES;
import static io.opsautomator.aws.sqs.Received.check;
import static io.opsautomator.aws.sqs.Received.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.dispatch.Message;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Grant;
import io.opsautomator.store.Ticket;
import io.opsautomator.task.ExecutionId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

final class MailerTest {
  private final StubSqs sqs = new StubSqs();
  private final Mailer mailer = new Mailer(sqs, QUEUES, InstantSource.fixed(NOON));

  private void send(List<Message> messages, Duration delay) {
    mailer.send(messages.stream().map(Envelope::of).toList(), delay);
  }

  private static List<Message> starts(int count) {
    List<Message> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(start(i));
    }
    return all;
  }

  @Test
  void tenGoInACallAndChecksIntoAQueueOfTheirOwn() {
    List<Message> all = starts(23);
    all.add(check(1));
    send(all, Duration.ZERO);

    assertThat(sqs.sent)
        .extracting(request -> request.queueUrl().replaceAll(".*/", ""))
        .containsExactlyInAnyOrder("ops-work", "ops-work", "ops-work", "ops-checks");
    assertThat(sqs.sent)
        .extracting(request -> request.entries().size())
        .containsExactlyInAnyOrder(10, 10, 3, 1);
  }

  @Test
  void nothingToSendIsNoCall() {
    send(List.of(), Duration.ZERO);
    assertThat(sqs.sent).isEmpty();
  }

  @Test
  void aCallIsNeverLargerThanSqsTakes() {
    String key = "k".repeat(60_000);
    Ticket ticket = new Ticket(new ExecutionId("x"), 0);
    Message large =
        new Message.Start(
            ticket.execution(), 0, Optional.of(new Grant(new GateKey(key), 1, ticket, 1)));
    send(List.of(large, large, large, large, large), Duration.ZERO);

    assertThat(sqs.sent).hasSize(2);
    assertThat(sqs.sent).allMatch(request -> size(request) < 256 * 1024);
  }

  private static int size(SendMessageBatchRequest request) {
    return request.entries().stream().mapToInt(entry -> entry.messageBody().length()).sum();
  }

  @Test
  void whatWasNotTakenIsSentAgainAndNothingElse() {
    sqs.refused = entry -> entry.messageBody().contains("\"x3\"") && sqs.sent.size() < 3;
    send(starts(5), Duration.ZERO);

    assertThat(sqs.sent).extracting(request -> request.entries().size()).containsExactly(5, 1, 1);
    assertThat(sqs.bodies().filter(body -> body.contains("\"x3\""))).hasSize(3);
  }

  @Test
  void w3_whatIsNeverTakenIsSaidSo() {
    sqs.refused = entry -> entry.messageBody().contains("\"x3\"");
    assertThatThrownBy(() -> send(starts(5), Duration.ZERO))
        .isInstanceOf(SendFailedException.class)
        .hasMessageContaining("ops-work")
        .hasMessageContaining("InternalError: not now");
    assertThat(sqs.sent).hasSize(4);
  }

  @Test
  void whatIsTheSendersFaultIsNotTriedAgain() {
    sqs.refused = entry -> true;
    sqs.sendersFault = true;
    assertThatThrownBy(() -> send(starts(2), Duration.ZERO))
        .isInstanceOf(SendFailedException.class);
    assertThat(sqs.sent).hasSize(1);
  }

  @Test
  void aDelayIsRoundedUp() {
    send(starts(1), Duration.ofMillis(1_001));
    SendMessageBatchRequestEntry entry = sqs.sent.get(0).entries().get(0);
    assertThat(entry.delaySeconds()).isEqualTo(2);
    assertThat(entry.messageBody()).doesNotContain("notBefore");
  }

  @Test
  void aDelayBeyondAQuarterOfAnHourIsWrittenIntoTheMessage() {
    send(starts(1), Duration.ofHours(2));
    SendMessageBatchRequestEntry entry = sqs.sent.get(0).entries().get(0);
    assertThat(entry.delaySeconds()).isEqualTo(900);
    assertThat(entry.messageBody()).contains("\"notBefore\":\"2026-03-01T14:00:00Z\"");
  }
}
