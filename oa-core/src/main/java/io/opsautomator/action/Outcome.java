package io.opsautomator.action;

import static java.util.Collections.unmodifiableMap;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What became of one execution: evidence per resource or part, and a report under the action's
 * documented result keys. The worst evidence decides whether it counts as succeeded, partly failed
 * or failed. Immutable; keeps insertion order.
 */
public record Outcome(Map<String, Evidence> evidence, Map<String, Object> report) {
  public Outcome {
    evidence = unmodifiableMap(new LinkedHashMap<>(evidence));
    report = unmodifiableMap(new LinkedHashMap<>(report));
  }

  public static Outcome of(Map<String, Evidence> evidence) {
    return new Outcome(evidence, Map.of());
  }

  public static Outcome of(String resourceId, Evidence evidence) {
    return of(Map.of(resourceId, evidence));
  }

  public Outcome with(String resultKey, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(report);
    more.put(resultKey, value);
    return new Outcome(evidence, more);
  }

  /** The worst evidence; empty when there was nothing to do. */
  public Optional<Evidence.Kind> worst() {
    return evidence.values().stream().map(Evidence::kind).max(Enum::compareTo);
  }
}
