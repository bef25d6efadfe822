package io.opsautomator.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** What a function may be invoked with, told apart by its shape. */
sealed interface Event {
  /** It is time to look: EventBridge's scheduled event, or {@code {"action": "tick"}}. */
  record Tick() implements Event {}

  /** Messages of a queue; each is one of SQS's records. */
  record Batch(List<JsonNode> records) implements Event {}

  /**
   * Somebody asks directly.
   *
   * @param parameters by name; dashes in names have become underscores
   */
  record Direct(String action, Map<String, String> parameters) implements Event {}

  /**
   * A stack wants something to be made, changed or taken away.
   *
   * @param answerTo whom to answer, for the answer of the invocation reaches nobody
   * @param type such as {@code Custom::TaskConfig}
   * @param id what the answer to its making said it is; empty while it is made
   */
  record Stack(Change change, AnswerTo answerTo, String type, String id, JsonNode properties)
      implements Event {}

  /** What becomes of a stack's resource. */
  enum Change {
    CREATE,
    UPDATE,
    DELETE
  }

  /** Where CloudFormation waits for an answer, and what has to be in it again. */
  record AnswerTo(String url, String stack, String request, String resource) {}
}
