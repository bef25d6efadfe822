package io.opsautomator.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.store.Execution;
import java.util.Map;

/** How an execution ended, read from what is stored. Immutable. */
record StoredOutcome(
    String code, String reason, Map<String, Evidence> evidence, Map<String, Object> report) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static StoredOutcome of(Execution execution) {
    String json = execution.progress().outcome().orElse("");
    if (!json.startsWith("{")) { // one that never began has words only
      return new StoredOutcome("", json, Map.of(), Map.of());
    }
    try {
      return JSON.readValue(json, StoredOutcome.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not an outcome: " + json, e);
    }
  }

  Outcome outcome() {
    return new Outcome(evidence, report);
  }

  String words() {
    return code.isEmpty() || reason.isEmpty() ? code + reason : code + ": " + reason;
  }
}
