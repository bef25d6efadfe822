package io.opsautomator.testkit;

import io.opsautomator.resource.Scope;
import io.opsautomator.testkit.internal.LoggedCall;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A call that the estate has answered. Immutable.
 *
 * @param sequence grows from call to call, not always by one
 * @param operation as the service's API names it, such as {@code StopInstances}
 * @param mutating whether the operation is one that changes something when it is accepted
 * @param insideEffect whether an effect was running the call; false for a call not made through
 *     {@link EstateClients}
 * @param arguments {@code resources} (comma-separated ids), {@code clientToken}, {@code tags} and
 *     the like, where the request had them
 */
public record Call(
    long sequence,
    Instant at,
    Scope scope,
    String operation,
    boolean mutating,
    boolean insideEffect,
    Map<String, String> arguments,
    Answer answer) {

  /**
   * @param code empty, or the service's error code
   * @param created the ids of what the call created
   */
  public record Answer(String code, List<String> created) {
    public boolean accepted() {
      return code.isEmpty();
    }
  }

  static Call of(LoggedCall logged) {
    LoggedCall.Head head = logged.head();
    return new Call(
        head.sequence(),
        head.at(),
        head.scope(),
        logged.operation(),
        head.mutating(),
        head.insideEffect(),
        logged.arguments(),
        new Answer(logged.error(), logged.created()));
  }
}
