package io.opsautomator.task;

/**
 * Names an execution. A function of run and unit, so that selecting twice creates once. Immutable.
 *
 * @param value 26 letters and digits
 */
public record ExecutionId(String value) {
  public static ExecutionId of(RunId run, String unitKey) {
    return new ExecutionId(Ids.derive("execution", run.value(), unitKey));
  }
}
