package io.opsautomator.report;

import java.util.Set;

/** Codes with which services say that they were asked too often. */
final class Throttling {
  private static final Set<String> CODES =
      Set.of(
          "BandwidthLimitExceeded",
          "EC2ThrottledException",
          "ProvisionedThroughputExceededException",
          "RequestLimitExceeded",
          "RequestThrottled",
          "RequestThrottledException",
          "SlowDown",
          "Throttling",
          "ThrottlingException",
          "ThrottledException",
          "TooManyRequestsException",
          "TransactionInProgressException");

  private Throttling() {}

  static boolean is(String code) {
    return CODES.contains(code);
  }
}
