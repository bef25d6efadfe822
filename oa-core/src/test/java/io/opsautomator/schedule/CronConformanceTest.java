package io.opsautomator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opsautomator.InvalidExpressionException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each line is an expression, a zone, an instant and the next firings, at most eight and within the
 * horizon; or it is malformed.
 */
final class CronConformanceTest {
  private static final int MOST = 8;
  private static final List<String> MALFORMED = List.of("malformed");

  @ParameterizedTest
  @CsvSource({"cron.jsonl, 400", "cron-zones.jsonl, 215"})
  void agreesWithEveryLine(String file, int count) throws IOException {
    List<JsonNode> lines = read(file);

    assertThat(lines).hasSize(count);
    assertThat(lines).filteredOn(line -> !answer(line).equals(expected(line))).isEmpty();
  }

  private static List<String> expected(JsonNode line) {
    List<String> expected = new ArrayList<>();
    line.path("next").forEach(instant -> expected.add(instant.textValue()));
    return line.has("error") ? MALFORMED : expected;
  }

  private static List<String> answer(JsonNode line) {
    Instant after = Instant.parse(line.get("after").textValue());
    Instant horizon = after.plus(Duration.ofDays(line.path("horizonDays").longValue()));
    try {
      return Schedule.cron(line.get("expr").textValue(), line.get("zone").textValue())
          .firings(after, horizon)
          .limit(MOST)
          .map(Instant::toString)
          .toList();
    } catch (InvalidExpressionException e) {
      return MALFORMED;
    }
  }

  private static List<JsonNode> read(String file) throws IOException {
    var json = new ObjectMapper();
    List<JsonNode> lines = new ArrayList<>();
    try (var in =
        Objects.requireNonNull(
            CronConformanceTest.class.getResourceAsStream("/conformance/" + file))) {
      var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(json.readTree(line));
      }
    }
    return lines;
  }
}
