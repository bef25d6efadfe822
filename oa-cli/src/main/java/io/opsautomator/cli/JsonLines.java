package io.opsautomator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Questions from the standard input, each answered before the next is read. */
final class JsonLines {
  private final Surroundings world;

  JsonLines(Surroundings world) {
    this.world = world;
  }

  /**
   * Empty lines are passed over; a line that is not a question is named, and the others are still
   * answered.
   *
   * @return the exit status
   */
  int answer(Function<JsonNode, Map<String, Object>> question) throws IOException {
    int status = Failure.OK;
    BufferedReader in = world.in();
    int number = 0;
    for (@Nullable String line = in.readLine(); line != null; line = in.readLine()) {
      number++;
      if (!line.isBlank()) {
        status = Math.max(status, answer(question, line, number));
      }
    }
    return status;
  }

  private int answer(Function<JsonNode, Map<String, Object>> question, String line, int number) {
    try {
      world.out().println(Json.line(question.apply(Json.read(line))));
      return Failure.OK;
    } catch (Failure e) {
      world.err().println("line " + number + ": " + Told.lines(String.valueOf(e.getMessage())));
      return e.status();
    }
  }

  /**
   * @throws Failure naming what is missing
   */
  static String text(JsonNode question, String field) {
    JsonNode value = question.path(field);
    if (!value.isTextual()) {
      throw Failure.badInput("the field \"" + field + "\" is wanted, a text");
    }
    return value.asText();
  }
}
