package io.opsautomator.fuzz;

import static io.opsautomator.fuzz.Claims.claim;

import io.opsautomator.action.internal.StepValues;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A journalled value of a step, of every kind that a component may have. */
final class StepValueFuzz {
  private StepValueFuzz() {}

  enum Kind {
    ONE,
    TWO
  }

  record Value(
      @Nullable String text,
      long number,
      @Nullable Optional<Instant> at,
      @Nullable Duration patience,
      @Nullable List<Kind> kinds,
      @Nullable Map<String, Value> inner) {}

  static void check(String json) {
    try {
      @Nullable Value value = StepValues.read("step", json, Value.class);
      String written = StepValues.write("step", value == null ? "null" : value);
      if (value != null) {
        Value again = StepValues.read("step", written, Value.class);
        claim(again.equals(value), "does not read back: " + written);
      }
    } catch (IllegalArgumentException e) {
      claim(String.valueOf(e.getMessage()).contains("'step'"), "does not name the step");
    }
  }
}
