package io.opsautomator.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsautomator.lambda.RuntimeApi.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A function as Lambda's own runtime runs it, in a process of its own. */
final class LambdaRuntimeTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String NOBODY_UNDERSTANDS = "{\"what\": \"ever\"}";

  private static final String START = "\\\"type\\\":\\\"start\\\"";

  private static RuntimeApi api;
  private static Child child;
  private static int invocations;

  @BeforeAll
  static void start() throws IOException {
    api = new RuntimeApi();
    child = new Child(api, LampHandler.class.getName(), Map.of());
  }

  @AfterAll
  static void stop() {
    child.close();
    api.close();
  }

  private static Answer invoke(String event, Duration remaining) throws Exception {
    return api.invoke("request-" + ++invocations, event, remaining);
  }

  private static Answer invoke(String event) throws Exception {
    return invoke(event, Duration.ofMinutes(10));
  }

  private static Answer start(String task) throws Exception {
    return invoke("{\"action\":\"start-task\",\"parameters\":{\"name\":\"" + task + "\"}}");
  }

  private static String sent() throws InterruptedException {
    return child.line("SENT ", 20).orElseThrow();
  }

  /** Hands in what is sent until a run has ended. */
  private static void workToTheEnd() throws Exception {
    for (String state = ""; state.isEmpty(); ) {
      String line = child.line("", 20).orElseThrow();
      if (line.startsWith("SENT ")) {
        assertThat(invoke(line.substring(5)).body()).isEqualTo("{\"batchItemFailures\":[]}");
      } else if (line.contains("\"event\":\"run-ended\"")) {
        state = JSON.readTree(line).path("state").asText();
        assertThat(state).isEqualTo("COMPLETE");
      }
    }
  }

  @Test
  void aTickAnswersWhenThereIsSomethingToLookAtNext() throws Exception {
    Answer answer = invoke("{\"action\": \"tick\"}");

    assertThat(answer.error()).isFalse();
    assertThat(JSON.readTree(answer.body()).path("next").asText()).contains("T").endsWith("Z");
  }

  @Test
  void aStartedTaskIsWorkedOnMessageByMessageAndItsAuditIsOnTheStandardOutput() throws Exception {
    Answer answer = start("lights");

    assertThat(answer.error()).isFalse();
    assertThat(JSON.readTree(answer.body()).path("Run").asText()).isNotEmpty();
    workToTheEnd();
  }

  @Test
  void oneMessageThatNobodyUnderstandsKeepsNoOtherFromBeingDone() throws Exception {
    start("lights");
    ObjectNode event = (ObjectNode) JSON.readTree(sent());
    ArrayNode records = (ArrayNode) event.path("Records");
    ObjectNode poisoned = records.path(0).deepCopy();
    poisoned.put("messageId", "poisoned").put("body", NOBODY_UNDERSTANDS);
    records.add(poisoned);

    JsonNode answer = JSON.readTree(invoke(event.toString()).body());

    assertThat(answer.path("batchItemFailures"))
        .extracting(item -> item.path("itemIdentifier").asText())
        .containsExactly("poisoned");
    workToTheEnd();
  }

  @Test
  void beforeTimeIsUpWorkIsHandedBackAndGoesOnInALaterInvocation() throws Exception {
    start("slow");
    String event = sent();
    while (!event.contains(START)) {
      invoke(event);
      event = sent();
    }
    List<String> others = List.of(sent(), sent());

    Answer answer = invoke(event, Duration.ofMillis(LampHandler.SLOW + 500));

    assertThat(answer).isEqualTo(new Answer(false, "{\"batchItemFailures\":[]}"));
    String handedBack = sent();
    assertThat(execution(handedBack)).isEqualTo(execution(event));
    for (String left : List.of(handedBack, others.get(0), others.get(1))) {
      assertThat(invoke(left)).isEqualTo(answer);
    }
    workToTheEnd();
  }

  private static String execution(String event) throws IOException {
    String body = JSON.readTree(event).path("Records").path(0).path("body").asText();
    return JSON.readTree(body).path("execution").asText();
  }

  @Test
  void anEventThatIsNotUnderstoodFailsTheInvocationAndNotTheFunction() throws Exception {
    Answer answer = invoke("{\"detail-type\": \"Object Created\"}");

    assertThat(answer.error()).isTrue();
    assertThat(answer.body()).contains("the event is not understood").contains("Object Created");
    assertThat(invoke("{\"action\": \"tick\"}").error()).isFalse();
  }

  @Test
  void aFunctionWhoseVariablesAreWrongFailsWhenItIsInitialisedNamingThem() throws Exception {
    Map<String, String> misspelt = Map.of("OA_TABEL", "ops");

    try (RuntimeApi other = new RuntimeApi();
        Child function = new Child(other, OpsAutomatorHandler.class.getName(), misspelt)) {
      String error = other.initError();

      assertThat(error).contains("OA_TABEL: unknown; did you mean OA_TABLE?");
      assertThat(error).contains("OA_WORK_QUEUE_URL: not set");
      assertThat(function.line("", 20)).isPresent();
    }
  }
}
