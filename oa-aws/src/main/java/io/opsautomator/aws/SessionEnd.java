package io.opsautomator.aws;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Hears when a service does not accept a session, so that the next call brings another one. The
 * codes are those of "Common error types" in the services' API references, and EC2's and S3's own.
 */
record SessionEnd(AssumedSession session) implements ExecutionInterceptor {
  private static final Set<String> NOT_ACCEPTED =
      Set.of(
          "AuthFailure",
          "ExpiredToken",
          "ExpiredTokenException",
          "InvalidAccessKeyId",
          "InvalidClientTokenId",
          "RequestExpired",
          "UnrecognizedClientException");

  @Override
  public void onExecutionFailure(Context.FailedExecution failed, ExecutionAttributes attributes) {
    if (failed.exception() instanceof AwsServiceException answer) {
      AwsErrorDetails details = answer.awsErrorDetails();
      if (details != null && NOT_ACCEPTED.contains(String.valueOf(details.errorCode()))) {
        session.doubted();
      }
    }
  }
}
