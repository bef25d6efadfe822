package io.opsautomator.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.store.Execution;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** How an execution ended, read from what is stored. Immutable. */
record StoredOutcome(
    String code, String reason, Map<String, Evidence> evidence, Map<String, Object> report) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Those of the one form in which outcomes are stored: all of them, always. */
  private static final Set<String> FIELDS =
      new TreeSet<>(List.of("v", "code", "reason", "evidence", "report", "ended"));

  /** The form, and when it was: no part of what came of it. */
  private static final List<String> NOT_COMPARED = List.of("v", "ended");

  static StoredOutcome of(Execution execution) {
    String json = execution.progress().outcome().orElse("");
    if (!json.startsWith("{")) { // one that never began has words only
      return new StoredOutcome("", json, Map.of(), Map.of());
    }
    try {
      return of(JSON.readTree(json));
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
      throw new IllegalStateException("not an outcome: " + json, e);
    }
  }

  private static StoredOutcome of(JsonNode stored) {
    Set<String> names = new TreeSet<>();
    stored.fieldNames().forEachRemaining(names::add);
    if (!names.equals(FIELDS) || stored.path("v").asInt() != 1) {
      throw new IllegalArgumentException("version 1 has " + FIELDS + ", this has " + names);
    }
    Instant.parse(stored.path("ended").asText());
    return JSON.convertValue(((ObjectNode) stored).without(NOT_COMPARED), StoredOutcome.class);
  }

  Outcome outcome() {
    return new Outcome(evidence, report);
  }

  String words() {
    return code.isEmpty() || reason.isEmpty() ? code + reason : code + ": " + reason;
  }
}
