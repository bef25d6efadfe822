package io.opsautomator.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.notify.Notification.NothingHappened;
import io.opsautomator.notify.Notification.Part;
import io.opsautomator.notify.Notification.RunEnded;
import io.opsautomator.notify.Notification.RunStarted;
import io.opsautomator.notify.Notification.Why;
import io.opsautomator.store.Execution.Status;
import io.opsautomator.store.Run;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How notifications look where they are written. */
final class NotifiersTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final TaskName TASK = new TaskName("nightly");
  private static final RunId RUN = new RunId("aaaaaaaaaaaaaaaaaaaaaaaaa2");
  private static final Notification STARTED =
      new RunStarted("one", NOON, TASK, RUN, new Trigger.Firing(NOON), false);
  private static final Notification ENDED =
      new RunEnded(
          "two",
          NOON,
          TASK,
          RUN,
          Run.State.PARTIAL,
          Run.Summary.of("").counting(3, 1, 0),
          List.of(
              new Part(
                  new ExecutionId("x"), "a/b/c", Status.FAILED, Optional.empty(), "No: \"no\"\n")),
          List.of(
              new Part(
                  new ExecutionId("y"),
                  "a/b/d",
                  Status.SUCCEEDED,
                  Optional.of(Duration.ofMinutes(3)),
                  "")));
  private static final Notification NOTHING =
      new NothingHappened("three", NOON, TASK, Why.NO_SUCCESS, Optional.empty(), "not\nsince noon");

  @TempDir Path folder;

  @Test
  void aFileHasOneJsonObjectALineAndIsGoneOnWith() throws IOException {
    Path file = folder.resolve("told.jsonl");
    for (Notification each : List.of(STARTED, ENDED, NOTHING)) {
      try (JsonLinesNotifier notifier = JsonLinesNotifier.appendingTo(file)) {
        notifier.tell(each);
      }
    }
    assertThat(Files.readString(file))
        .isEqualTo(
            """
            {"event":"run-started","at":"2026-03-01T12:00:00Z","id":"one","task":"nightly",\
            "run":"aaaaaaaaaaaaaaaaaaaaaaaaa2","trigger":"at/2026-03-01T12:00:00Z","waits":false}
            {"event":"run-ended","at":"2026-03-01T12:00:00Z","id":"two","task":"nightly",\
            "run":"aaaaaaaaaaaaaaaaaaaaaaaaa2","state":"PARTIAL","succeeded":3,"failed":1,\
            "notStarted":0,"failures":[{"execution":"x","unit":"a/b/c","status":"FAILED",\
            "outcome":"No: \\"no\\"\\n"}],"slowest":[{"execution":"y","unit":"a/b/d",\
            "status":"SUCCEEDED","took":"PT3M"}]}
            {"event":"nothing-happened","at":"2026-03-01T12:00:00Z","id":"three",\
            "task":"nightly","why":"NO_SUCCESS","words":"not\\nsince noon"}
            """);
  }

  @Test
  void aFileThatCannotBeWrittenIsTold() {
    Path nowhere = folder.resolve("no/such/folder/told.jsonl");
    assertThatThrownBy(() -> JsonLinesNotifier.appendingTo(nowhere))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(nowhere.toString());
  }

  @Test
  void theLogHasOneLine() {
    assertThat(LogNotifier.line(STARTED))
        .isEqualTo(
            "run-started id=one task=nightly run=aaaaaaaaaaaaaaaaaaaaaaaaa2"
                + " trigger=at/2026-03-01T12:00:00Z waits=false");
    assertThat(LogNotifier.line(NOTHING))
        .startsWith("nothing-happened id=three")
        .doesNotContain("\n")
        .contains("why=NO_SUCCESS");
    assertThat(LogNotifier.line(ENDED)).doesNotContain("\n").contains("state=PARTIAL succeeded=3");
  }
}
