package io.opsautomator.task;

/** A function of run and unit, so that selecting twice creates once. Immutable. */
public record ExecutionId(String value) {
  public static ExecutionId of(RunId run, String unitKey) {
    return new ExecutionId(run.value() + "/" + unitKey);
  }
}
