package io.opsautomator.fuzz;

import static io.opsautomator.fuzz.Claims.claim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.opsautomator.audit.AuditEvent;
import io.opsautomator.audit.JsonLinesSink;
import io.opsautomator.resource.Scope;
import io.opsautomator.store.Execution;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.Trigger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A text wherever an event may hold a stranger's: one line each in the audit file, and true. */
final class AuditLineFuzz {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
  private static final AuditEvent.Subject OF = AuditEvent.Subject.task(new TaskName("nightly"));
  private static final Path FILE = file();

  private AuditLineFuzz() {}

  static void check(String text) {
    List<AuditEvent> events =
        List.of(
            new AuditEvent.TaskChanged(AT, OF, 1, text),
            new AuditEvent.Triggered(AT, OF, new Trigger.Manual(text, text), 0),
            new AuditEvent.HeldBack(AT, OF, new Trigger.Event(text), text),
            new AuditEvent.Unreadable(AT, OF, Scope.of("111122223333", "eu-west-1"), text),
            new AuditEvent.Moved(AT, OF, Execution.Status.RUNNING, Execution.Status.FAILED, text),
            new AuditEvent.Stepped(AT, OF, text, AuditEvent.Stage.DONE, text),
            new AuditEvent.Warned(AT, OF, text, text));
    List<String> lines = written(events);
    claim(lines.size() == events.size(), lines.size() + " lines of " + events.size() + " events");
    lines.forEach(line -> holds(line, text));
  }

  private static void holds(String line, String text) {
    try {
      JsonNode read = JSON.readTree(line);
      claim(read.path("task").asText().equals("nightly"), "another task: " + line);
      boolean isThere = text.isEmpty();
      for (JsonNode value : read) {
        isThere |= value.asText().endsWith(faithful(text));
      }
      claim(isThere, "the text is lost: " + line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + line, e);
    }
  }

  /** UTF-8 cannot write half a surrogate pair. */
  private static String faithful(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static List<String> written(List<AuditEvent> events) {
    try {
      Files.deleteIfExists(FILE);
      try (JsonLinesSink sink = JsonLinesSink.appendingTo(FILE)) {
        events.forEach(sink::accept);
      }
      String all = Files.readString(FILE);
      claim(all.endsWith("\n"), "the last line has no end");
      return all.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path file() {
    try {
      Path folder = Files.createTempDirectory("audit");
      folder.toFile().deleteOnExit();
      Path file = folder.resolve("audit.jsonl");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
