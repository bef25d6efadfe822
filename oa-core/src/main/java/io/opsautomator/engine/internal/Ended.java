package io.opsautomator.engine.internal;

import io.opsautomator.action.Evidence;
import io.opsautomator.action.Outcome;
import io.opsautomator.action.internal.StepValues;
import io.opsautomator.store.Execution.Status;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How an execution ended, as it is stored.
 *
 * @param code stable, of a failure; else empty
 * @param reason in words for an operator; empty when there is nothing to explain
 * @param evidence by resource or part
 * @param report under the action's documented result keys
 */
record Ended(
    String code, String reason, Map<String, Evidence> evidence, Map<String, Object> report) {

  /** Of the form that {@link #json} writes; fields may be added without raising it. */
  private static final int VERSION = 1;

  static Ended because(String code, String reason) {
    return new Ended(code, reason, Map.of(), Map.of());
  }

  /** Nothing was left to act on. */
  static Ended leftAlone(Map<String, String> why) {
    Map<String, Evidence> evidence = new LinkedHashMap<>();
    why.forEach((id, words) -> evidence.put(id, Evidence.confirmed("left alone: " + words)));
    String reason =
        why.entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining("; "));
    return new Ended("", "left alone: " + reason, evidence, Map.of("left-alone", why.size()));
  }

  static Ended of(Outcome outcome) {
    List<String> bad =
        outcome.evidence().entrySet().stream()
            .filter(entry -> fails(entry.getValue().kind()))
            .map(entry -> entry.getKey() + ": " + entry.getValue().detail())
            .toList();
    return new Ended("", String.join("; ", bad), outcome.evidence(), outcome.report());
  }

  /** What is not known to be as asked counts as failed. */
  private static boolean fails(Evidence.Kind kind) {
    return kind == Evidence.Kind.UNKNOWN || kind == Evidence.Kind.CONTRADICTED;
  }

  /** Whether it counts against the errors that a task allows. */
  static boolean failed(Status status) {
    return status == Status.FAILED || status == Status.TIMED_OUT || status == Status.UNCERTAIN;
  }

  static Status status(Outcome outcome) {
    return outcome.worst().filter(Ended::fails).isPresent() ? Status.FAILED : Status.SUCCEEDED;
  }

  /** Code and reason, as far as there are any. */
  String words() {
    return code.isEmpty() || reason.isEmpty() ? code + reason : code + ": " + reason;
  }

  /**
   * @param at when
   */
  String json(Instant at) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("v", VERSION);
    parts.put("code", code);
    parts.put("reason", reason);
    parts.put("evidence", evidence);
    parts.put("report", report);
    parts.put("ended", at.toString());
    return StepValues.write("outcome", parts);
  }
}
