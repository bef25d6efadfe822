package io.opsautomator.aws;

import io.opsautomator.resource.Scope;
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
 */
public record AwsCall(
    String service,
    String operation,
    boolean mutating,
    boolean insideEffect,
    Scope scope,
    String outcome) {
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

  /** As IAM writes it, such as {@code ec2:DescribeInstances}. */
  public String permission() {
    return service + ":" + operation;
  }

  /** Whether the service refused it because there were too many. */
  public boolean throttled() {
    return THROTTLED.contains(outcome);
  }

  public boolean succeeded() {
    return outcome.equals(OK);
  }
}
