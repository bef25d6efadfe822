package io.opsautomator.testkit.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** Reads what the engine stores as JSON, without the engine's own classes. */
final class Payloads {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Payloads() {}

  /** The keys of the resources of a stored unit, as {@code scope/id}. */
  static List<String> resources(String unit) {
    List<String> keys = new ArrayList<>();
    for (JsonNode resource : tree(unit).path("resources")) {
      keys.add(
          resource.path("account").asText()
              + "/"
              + resource.path("region").asText()
              + "/"
              + resource.path("id").asText());
    }
    return keys;
  }

  /** The code of a failure in a stored outcome; empty when it ended without one. */
  static String code(String outcome) {
    return tree(outcome).path("code").asText();
  }

  static String reason(String outcome) {
    return tree(outcome).path("reason").asText();
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not as the engine stores it: " + json, e);
    }
  }
}
