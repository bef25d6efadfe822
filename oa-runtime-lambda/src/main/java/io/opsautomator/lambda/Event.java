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
}
