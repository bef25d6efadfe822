package io.opsautomator.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

final class JsonLogTest {
  @Test
  void anEntryIsOneLineThatSaysWhereItHappened() throws IOException {
    LogRecord entry = new LogRecord(Level.WARNING, "two\nlines {0}");
    entry.setParameters(new Object[] {"\"quoted\""});
    entry.setLoggerName("io.opsautomator.X");
    entry.setInstant(Instant.parse("2026-03-02T12:00:00Z"));
    entry.setThrown(new IllegalStateException("why"));
    String line;
    try (MDC.MDCCloseable task = MDC.putCloseable("task", "nightly")) {
      line = new JsonLog().format(entry);
    }

    assertThat(line).endsWith("}\n").containsOnlyOnce("\n");
    JsonNode fields = new ObjectMapper().readTree(line);
    assertThat(fields.get("at").asText()).isEqualTo("2026-03-02T12:00:00Z");
    assertThat(fields.get("level").asText()).isEqualTo("WARN");
    assertThat(fields.get("message").asText()).isEqualTo("two\nlines \"quoted\"");
    assertThat(fields.get("task").asText()).isEqualTo("nightly");
    assertThat(fields.get("trace").asText()).contains("IllegalStateException: why", "JsonLogTest");
  }
}
