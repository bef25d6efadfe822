package io.opsautomator.action.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.opsautomator.action.RefusedException;

/**
 * Values of steps as JSON. Map entries are sorted, so that equal values are equal texts.
 * Thread-safe.
 */
public final class StepValues {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private record Refusal(String code, String message) {}

  private StepValues() {}

  /**
   * @throws IllegalArgumentException naming the step, if the value cannot be written
   */
  public static String write(String step, Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "the value of step '" + step + "' cannot be journalled as JSON: " + value.getClass(), e);
    }
  }

  /**
   * @throws IllegalArgumentException naming the step, if the text is not of this type
   */
  public static <T> T read(String step, String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "what is journalled for step '" + step + "' is not a " + type.getSimpleName(), e);
    }
  }

  /** The value as a tree. */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /**
   * @throws IllegalArgumentException naming what it belongs to, if the tree is not of this type
   */
  public static <T> T read(String what, JsonNode tree, Class<T> type) {
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "what is stored of '" + what + "' is not a " + type.getSimpleName(), e);
    }
  }

  static String write(RefusedException refused) {
    return write("refusal", new Refusal(refused.code(), String.valueOf(refused.getMessage())));
  }

  static RefusedException refusal(String json) {
    Refusal refusal = read("refusal", json, Refusal.class);
    return new RefusedException(refusal.code(), refusal.message());
  }
}
