package io.opsautomator.aws.sqs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.dispatch.Message;
import io.opsautomator.resource.Scope;
import io.opsautomator.store.BatchId;
import io.opsautomator.store.Execution;
import io.opsautomator.store.GateKey;
import io.opsautomator.store.Grant;
import io.opsautomator.store.Ticket;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MessageCodecTest {
  private static final RunId RUN = new RunId("RUN4567890123456789012345A");
  private static final ExecutionId EXECUTION = new ExecutionId("EXE4567890123456789012345A");

  private final MessageCodec codec = new MessageCodec();

  private static Execution image(String payload) {
    Execution.Origin origin =
        new Execution.Origin(
            RUN,
            new BatchId("*", 0),
            1,
            false,
            Optional.empty(),
            Optional.of(new GateKey("key")),
            payload);
    return Execution.fresh(EXECUTION, origin);
  }

  private static Grant grant(String key) {
    return new Grant(new GateKey(key), 2, new Ticket(EXECUTION, 3), 4);
  }

  private static List<Envelope> examples() {
    Scope scope = Scope.of("111122223333", "eu-west-1");
    Instant due = Instant.parse("2026-03-01T12:00:00.5Z");
    return List.of(
        Envelope.of(new Message.Select(RUN, Optional.empty())),
        Envelope.of(new Message.Select(RUN, Optional.of(scope))),
        Envelope.of(new Message.Start(EXECUTION, 3, Optional.empty())),
        Envelope.of(new Message.Start(EXECUTION, 3, Optional.of(grant("ec2/\u00e4")))),
        Envelope.of(new Message.Check(EXECUTION, 9, Optional.empty())),
        Envelope.of(new Message.Check(EXECUTION, 9, Optional.of(image("{}")))),
        new Envelope(new Message.Watch(RUN), Optional.of(due), 12));
  }

  /** What earlier programs have sent; a line is never changed, only added. */
  @Test
  void messagesOfEarlierProgramsAreRead() throws IOException {
    List<Envelope> read = golden().stream().map(codec::read).toList();
    assertThat(read).isEqualTo(examples());
  }

  /** Those without an item in them, whose form is the store's, and has versions of its own. */
  @Test
  void messagesAreWrittenInTheFormThatEarlierProgramsRead() throws IOException {
    List<String> written = examples().stream().map(codec::write).toList();
    assertThat(written.stream().filter(MessageCodecTest::plain).toList())
        .hasSize(5)
        .isEqualTo(golden().stream().filter(MessageCodecTest::plain).toList());
  }

  private static boolean plain(String line) {
    return line.indexOf("\"v\"") == line.lastIndexOf("\"v\"");
  }

  private static List<String> golden() throws IOException {
    try (InputStream in = MessageCodecTest.class.getResourceAsStream("messages-v1.jsonl")) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    }
  }

  @Test
  void anyMessageIsReadAsItWasWritten() {
    Random random = new Random(20260301);
    for (int i = 0; i < 2_000; i++) {
      Envelope envelope = any(random);
      String text = codec.write(envelope);
      assertThat(codec.read(text)).isEqualTo(envelope);
      assertThat(text).matches("[ -~]*");
    }
  }

  private static Envelope any(Random random) {
    ExecutionId execution = new ExecutionId(text(random));
    Grant grant =
        new Grant(
            new GateKey(text(random)),
            random.nextInt(),
            new Ticket(execution, random.nextInt()),
            random.nextLong());
    List<Message> kinds = new ArrayList<>();
    kinds.add(new Message.Select(new RunId(text(random)), Optional.empty()));
    kinds.add(new Message.Start(execution, random.nextInt(), Optional.of(grant)));
    kinds.add(new Message.Check(execution, random.nextLong(), Optional.of(image(text(random)))));
    kinds.add(new Message.Watch(new RunId(text(random))));
    Optional<Instant> due =
        random.nextBoolean()
            ? Optional.of(Instant.ofEpochMilli(random.nextLong() >>> 20))
            : Optional.empty();
    return new Envelope(kinds.get(random.nextInt(kinds.size())), due, random.nextInt(1_000));
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(20); i >= 0; i--) {
      int point = random.nextInt(0x10FFFF);
      text.appendCodePoint(point >= 0xD800 && point < 0xE000 ? 'x' : point);
    }
    return text.toString();
  }

  @Test
  void aLargeImageIsLeftOut() {
    Message check =
        new Message.Check(EXECUTION, 9, Optional.of(image("x".repeat(MessageCodec.IMAGE))));
    String text = codec.write(Envelope.of(check));
    assertThat(text.length()).isLessThan(200);
    assertThat(codec.read(text).message())
        .isEqualTo(new Message.Check(EXECUTION, 9, Optional.empty()));
  }

  @Test
  void tenChecksWithTheLargestImagesAreChargedAsOneRequest() {
    int largest = 0;
    for (int size = 5_000; size < 7_000; size += 10) {
      Message check = new Message.Check(EXECUTION, 9, Optional.of(image("x".repeat(size))));
      largest = Math.max(largest, codec.write(Envelope.of(check)).length());
    }
    assertThat(largest).isBetween(MessageCodec.IMAGE, 6_400);
    assertThat(10 * largest).isLessThan(64 * 1024);
  }

  @Test
  void aKeyTooLongForSqsIsAMistakeThatIsNamed() {
    Message start =
        new Message.Start(EXECUTION, 1, Optional.of(grant("account:" + "y".repeat(250_000))));
    assertThatThrownBy(() -> codec.write(Envelope.of(start)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("240,000")
        .hasMessageContaining("account:");
  }

  @Test
  void fieldsOfLaterProgramsAreSkipped() {
    String text =
        "{\"v\":1,\"type\":\"watch\",\"run\":\"%s\",\"trace\":{\"a\":[1]}}".formatted(RUN.value());
    assertThat(codec.read(text)).isEqualTo(Envelope.of(new Message.Watch(RUN)));
  }

  @Test
  void whatCannotBeReadIsSaidInWords() {
    unreadable("not JSON", "no JSON");
    unreadable("[]", "has no version");
    unreadable("{\"v\":2,\"type\":\"watch\"}", "version 2", "up to 1", "use a newer one");
    unreadable("{\"v\":1,\"type\":\"dance\"}", "'dance'", "select, start, check and watch");
    unreadable("{\"v\":1,\"type\":\"watch\"}", "no field 'run'");
    unreadable("{\"v\":1,\"type\":\"start\",\"execution\":\"x\",\"ticket\":\"3\"}", "'ticket'");
    unreadable("{\"v\":1,\"type\":\"select\",\"run\":\"x\",\"slice\":\"here\"}", "here");
    unreadable(
        "{\"v\":1,\"type\":\"start\",\"execution\":\"x\",\"ticket\":3,\"by\":{\"v\":99}}", "99");
    unreadable("{\"v\":1,\"type\":\"watch\",\"run\":\"x\",\"notBefore\":\"soon\"}", "soon");
  }

  private void unreadable(String text, String... words) {
    assertThatThrownBy(() -> codec.read(text))
        .isInstanceOf(UnreadableMessageException.class)
        .hasMessageContainingAll(words);
  }
}
