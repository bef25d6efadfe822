package io.opsautomator.resource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opsautomator.InvalidExpressionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every line of the conformance files, each an expression, tags and the answer. */
final class TagFilterConformanceTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<String> compatible() throws IOException {
    return lines("tag-filter.jsonl");
  }

  static Stream<String> hard() throws IOException {
    return lines("tag-filter-hard.jsonl");
  }

  private static Stream<String> lines(String file) throws IOException {
    String path = "/conformance/" + file;
    try (InputStream in =
        Objects.requireNonNull(TagFilterConformanceTest.class.getResourceAsStream(path), path)) {
      return new String(in.readAllBytes(), UTF_8).lines();
    }
  }

  @ParameterizedTest
  @MethodSource("compatible")
  void answersAsOpsAutomatorDoes(String line) throws IOException {
    answersAsRecorded(line);
  }

  @ParameterizedTest
  @MethodSource("hard")
  void answersSensiblyWhereOpsAutomatorFails(String line) throws IOException {
    answersAsRecorded(line);
  }

  private static void answersAsRecorded(String line) throws IOException {
    JsonNode given = JSON.readTree(line);
    String expression = given.get("expr").asText();
    if (given.path("error").asBoolean()) {
      assertThatThrownBy(() -> TagFilter.parse(expression))
          .isInstanceOf(InvalidExpressionException.class);
    } else {
      Map<String, String> tags = JSON.convertValue(given.get("tags"), new TypeReference<>() {});
      assertThat(TagFilter.parse(expression).matches(tags))
          .isEqualTo(given.get("match").asBoolean());
    }
  }
}
