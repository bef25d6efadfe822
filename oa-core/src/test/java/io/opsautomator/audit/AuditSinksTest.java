package io.opsautomator.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opsautomator.audit.AuditEvent.Subject;
import io.opsautomator.resource.Scope;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Run;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.Trigger;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditSinksTest {
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  private static final Subject TASK = Subject.task(new TaskName("nightly copies"));
  private static final Subject RUN =
      new Subject(TASK.task(), Optional.of(new RunId("R1")), Optional.empty());
  private static final Subject EXECUTION = RUN.execution(new ExecutionId("X1"));
  private static final Trigger TRIGGER = new Trigger.Firing(NOW);
  private static final Scope SCOPE = Scope.of("111122223333", "eu-west-1");

  private static final List<AuditEvent> ALL =
      List.of(
          new AuditEvent.TaskChanged(NOW, TASK, 3, "changed"),
          new AuditEvent.Triggered(NOW, RUN, TRIGGER, 2),
          new AuditEvent.HeldBack(NOW, RUN, TRIGGER, "still running"),
          new AuditEvent.Selected(NOW, RUN, SCOPE, 5, 7, List.of()),
          new AuditEvent.Unreadable(NOW, RUN, SCOPE, "AccessDenied"),
          new AuditEvent.Moved(NOW, EXECUTION, Status.RUNNING, Status.FAILED, "says \"no\""),
          new AuditEvent.Stepped(NOW, EXECUTION, "copy", AuditEvent.Stage.DONE, "snap-1"),
          new AuditEvent.Warned(NOW, EXECUTION, "Slow", "took\nlong"),
          new AuditEvent.Called(NOW, TASK, 40, 3, 2),
          new AuditEvent.RunEnded(
              NOW,
              RUN,
              Run.State.COMPLETE,
              new Run.Summary(Optional.of(NOW), Optional.empty(), 5, 0, 0, "")));

  @TempDir Path folder;

  @Test
  void aSinkSaysWhichEventsNeedNotBeMade() {
    AuditSink ends = AuditSink.on(AuditEvent.RunEnded.class, event -> {});
    AuditSink plain = event -> {};

    assertThat(ends.wants(AuditEvent.RunEnded.class)).isTrue();
    assertThat(ends.wants(AuditEvent.Moved.class)).isFalse();
    assertThat(plain.wants(AuditEvent.Moved.class)).isTrue();
    assertThat(AuditSink.none().wants(AuditEvent.RunEnded.class)).isFalse();
  }

  @Test
  void aStreamGetsEachLineAtOnceAndStaysOpen() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BufferedOutputStream out = new BufferedOutputStream(bytes);

    try (JsonLinesSink sink = JsonLinesSink.to(out)) {
      ALL.forEach(sink::accept);
      assertThat(bytes.toString(StandardCharsets.UTF_8).lines()).hasSize(ALL.size());
    }

    out.write('!');
    out.flush();
    assertThat(bytes.toString(StandardCharsets.UTF_8)).endsWith("}\n!");
  }

  @Test
  void everyEventIsOneJsonObjectOnALineOfItsOwn() throws IOException {
    Path file = folder.resolve("audit.jsonl");
    try (JsonLinesSink sink = JsonLinesSink.appendingTo(file)) {
      ALL.forEach(sink::accept);
    }
    List<JsonNode> lines = read(file);
    assertThat(lines)
        .extracting(line -> line.get("event").asText())
        .containsExactly(
            "task-changed",
            "triggered",
            "held-back",
            "selected",
            "unreadable",
            "moved",
            "stepped",
            "warned",
            "called",
            "run-ended");
    assertThat(lines).allSatisfy(line -> assertThat(line.get("at").asText()).isEqualTo("" + NOW));
    assertThat(lines.get(5).toString())
        .isEqualTo(
            "{\"at\":\"2026-03-02T12:00:00Z\",\"event\":\"moved\",\"task\":\"nightly copies\","
                + "\"run\":\"R1\",\"execution\":\"X1\",\"from\":\"RUNNING\",\"to\":\"FAILED\","
                + "\"reason\":\"says \\\"no\\\"\"}");
  }

  private static List<JsonNode> read(Path file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  @Test
  void w14_anEventIsInTheFileBeforeTheSinkReturns() throws IOException {
    Path file = folder.resolve("audit.jsonl");
    try (JsonLinesSink sink = JsonLinesSink.appendingTo(file)) {
      sink.accept(ALL.get(0));
      assertThat(read(file)).hasSize(1);
    }
  }

  @Test
  void goesOnAtTheEndOfAnEarlierFile() throws IOException {
    Path file = folder.resolve("audit.jsonl");
    for (int i = 0; i < 2; i++) {
      try (JsonLinesSink sink = JsonLinesSink.appendingTo(file)) {
        sink.accept(ALL.get(i));
      }
    }
    assertThat(read(file)).hasSize(2);
  }

  @Test
  void onlyTheOwnerMayReadTheFile() throws IOException {
    Path file = folder.resolve("audit.jsonl");
    JsonLinesSink.appendingTo(file).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed() throws IOException {
    Path file = folder.resolve("audit.jsonl");
    JsonLinesSink sink = JsonLinesSink.appendingTo(file);
    sink.close();
    assertThatThrownBy(() -> sink.accept(ALL.get(0))).hasMessageContaining(file.toString());
  }

  @Test
  void w71_timesAreInUtcToTheNanosecond() throws IOException {
    Path file = folder.resolve("audit.jsonl");
    Instant late = NOW.plusMillis(7).plusNanos(89);
    try (JsonLinesSink sink = JsonLinesSink.appendingTo(file)) {
      sink.accept(new AuditEvent.TaskChanged(late, TASK, 3, "changed"));
    }
    assertThat(read(file).get(0).get("at").asText()).isEqualTo("2026-03-02T12:00:00.007000089Z");
  }

  @Test
  void theLogGetsOneLineWithoutLineBreaksOrOpenQuotes() {
    assertThat(AuditLog.line(ALL.get(7)))
        .isEqualTo(
            "warned task=\"nightly copies\" run=R1 execution=X1 code=Slow message=\"took long\"");
    assertThat(AuditLog.line(ALL.get(5))).endsWith("reason=\"says \\\"no\\\"\"");
  }
}
