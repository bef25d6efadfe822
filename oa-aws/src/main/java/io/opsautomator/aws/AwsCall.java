package io.opsautomator.aws;

import io.opsautomator.aws.budget.ApiBudgets;
import io.opsautomator.resource.Scope;
import java.time.Duration;
import java.util.Set;

/**
 * One call of a guarded client, after it ended. Immutable.
 *
 * @param service IAM's prefix, such as {@code ec2}
 * @param operation such as {@code DescribeInstances}
 * @param mutating whether it is not known to be a read
 * @param insideEffect whether an effect was running
 * @param outcome {@link #OK}, {@link #REFUSED_BY_GUARD}, the error code, or {@link #FAILED} for
 *     what is neither the service's nor the network's failure
 * @param waited how long it was held back for its turn, see {@link
 *     io.opsautomator.aws.budget.ApiBudgets}
 */
public record AwsCall(
    String service,
    String operation,
    boolean mutating,
    boolean insideEffect,
    Scope scope,
    String outcome,
    Duration waited) {
  public static final String OK = "OK";
  public static final String REFUSED_BY_GUARD = "RefusedByGuard";
  public static final String FAILED = "Failed";

  /** What services call it; see "Retry behavior" in the reference guide of AWS's SDKs. */
  private static final Set<String> THROTTLED =
      Set.of(
          "BandwidthLimitExceeded",
          "EC2ThrottledException",
          "PriorRequestNotComplete",
          "ProvisionedThroughputExceededException",
          "RequestLimitExceeded",
          "RequestThrottled",
          "RequestThrottledException",
          "SlowDown",
          "ThrottledException",
          "Throttling",
          "ThrottlingException",
          "TooManyRequestsException",
          "TransactionInProgressException");

  /** One that was not held back. */
  public AwsCall(
      String service,
      String operation,
      boolean mutating,
      boolean insideEffect,
      Scope scope,
      String outcome) {
    this(service, operation, mutating, insideEffect, scope, outcome, Duration.ZERO);
  }

  /** As IAM writes it, such as {@code ec2:DescribeInstances}. */
  public String permission() {
    return service + ":" + operation;
  }

  /** Whether the service refused it because there were too many. */
  public boolean throttled() {
    return isThrottling(outcome);
  }

  static boolean isThrottling(String code) {
    return THROTTLED.contains(code);
  }

  /** Whether it went out: neither the guard nor a budget that was spent kept it back. */
  public boolean made() {
    return !outcome.equals(REFUSED_BY_GUARD) && !outcome.equals(ApiBudgets.SPENT);
  }

  public boolean succeeded() {
    return outcome.equals(OK);
  }
}
