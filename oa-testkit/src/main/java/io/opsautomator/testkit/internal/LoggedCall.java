package io.opsautomator.testkit.internal;

import io.opsautomator.resource.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A call and its answer.
 *
 * @param error empty, or the code of the refusal
 * @param created ids that the call made up
 */
public record LoggedCall(
    Head head,
    String operation,
    Map<String, String> arguments,
    String error,
    List<String> created) {
  /** {@code SETUP} is how the estate's owner arranges it: no call of anybody. */
  public static final String SETUP = "setup";

  public LoggedCall {
    arguments = Sorted.copy(arguments);
    created = List.copyOf(created);
  }

  /** When and where. */
  public record Head(
      long sequence, Instant at, Scope scope, boolean mutating, boolean insideEffect) {}
}
