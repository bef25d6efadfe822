package io.opsautomator.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a value that is not a text becomes one. */
final class Values {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Values() {}

  static String text(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Optional<?> optional) {
      return optional.map(Values::text).orElse("");
    }
    if (value instanceof Collection<?> elements) {
      return elements.stream().map(Values::text).collect(Collectors.joining(","));
    }
    return value instanceof Map<?, ?> map ? json(map) : value.toString();
  }

  private static String json(Map<?, ?> map) {
    try {
      return JSON.writeValueAsString(map);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + map, e);
    }
  }
}
