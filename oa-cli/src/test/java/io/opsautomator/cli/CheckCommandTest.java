package io.opsautomator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CheckCommandTest {
  /** The recorded answers that oa-core is held to as well. */
  private static final Path RECORDED = Path.of("../oa-core/src/test/resources/conformance");

  @ParameterizedTest
  @ValueSource(strings = {"cron.jsonl", "cron-zones.jsonl"})
  void schedulesAnswerAsRecorded(String file) throws IOException {
    agrees(file, "schedules", "next");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tag-filter.jsonl", "tag-filter-hard.jsonl"})
  void filtersAnswerAsRecorded(String file) throws IOException {
    agrees(file, "filters", "match");
  }

  /** The recorded lines are the questions; what they say of the answer must be what comes back. */
  private static void agrees(String file, String command, String answer) throws IOException {
    String questions = Files.readString(RECORDED.resolve(file));
    List<String> answers = CommandLineRun.withInput(questions, "check", command).succeeds().lines();
    List<String> disagreeing = new ArrayList<>();
    List<String> asked = questions.lines().toList();
    assertThat(answers).hasSameSizeAs(asked);
    for (int i = 0; i < asked.size(); i++) {
      JsonNode expected = Json.read(asked.get(i));
      JsonNode given = Json.read(answers.get(i));
      boolean same =
          expected.has("error")
              ? given.has("error")
              : given.path(answer).equals(expected.path(answer));
      if (!same || !given.path("expr").equals(expected.path("expr"))) {
        disagreeing.add(asked.get(i) + " -> " + answers.get(i));
      }
    }
    assertThat(disagreeing).isEmpty();
  }

  @Test
  void aBadExpressionIsAnAnswerAndNoFailure() {
    CommandLineRun run =
        CommandLineRun.withInput("{\"expr\":\"0 25 * * *\"}\n", "check", "schedules").succeeds();
    assertThat(run.out()).contains("\"error\":").contains("25");
  }

  @Test
  void theZoneIsUtcAndTheTimeIsNowUnlessGiven() {
    CommandLineRun run =
        CommandLineRun.withInput(
            "{\"expr\":\"0 13 2 3 ?\",\"horizonDays\":1}", "check", "schedules");
    assertThat(run.succeeds().out()).contains("[\"2026-03-02T13:00:00Z\"]");
  }

  @Test
  void aLineThatIsNoQuestionIsNamedAndTheOthersAreAnswered() {
    CommandLineRun run =
        CommandLineRun.withInput(
                "nonsense\n\n{\"tags\":{}}\n{\"expr\":\"A\",\"tags\":{\"A\":\"\"}}\n",
                "check",
                "filters")
            .failsPlainly(2);
    assertThat(run.err()).contains("line 1: not JSON").contains("line 3: the field \"expr\"");
    assertThat(run.lines()).containsExactly("{\"expr\":\"A\",\"match\":true}");
  }

  @Test
  void aTimeThatIsNoneIsNamed() {
    String question = "{\"expr\":\"* * * * ?\",\"after\":\"tomorrow\"}";
    CommandLineRun run = CommandLineRun.withInput(question, "check", "schedules").failsPlainly(2);
    assertThat(run.err()).contains("'tomorrow'").contains("2026-01-01T00:00:00Z");
  }

  @Test
  void whatIsToBeCheckedMustBeSaid() {
    assertThat(CommandLineRun.oa("check").failsPlainly(2).err()).contains("schedules", "filters");
  }
}
