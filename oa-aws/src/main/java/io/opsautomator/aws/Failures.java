package io.opsautomator.aws;

import io.opsautomator.action.ActionException;
import io.opsautomator.action.RefusedException;
import io.opsautomator.action.TransientException;
import io.opsautomator.action.TransientException.Kind;
import io.opsautomator.resource.Scope;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * What a failed call means for who made it. The question is not what went wrong but what may be
 * concluded: <em>refused</em> - the service decided, nothing happened, asking again is pointless;
 * <em>throttled</em> - nothing happened, asking again later is right; <em>in doubt</em> - nobody
 * knows whether it happened. The status alone does not say it: EC2 answers 503 for a rate and 500
 * for a lack of capacity, which is an answer and not a breakdown. Hence the tables, by the
 * services' published error codes.
 */
final class Failures {
  /** Waiting helps and nothing happened, though the SDK does not count them as throttling. */
  private static final Set<String> WAIT =
      Set.of(
          "ConcurrentSnapshotLimitExceeded",
          "RequestLimitExceeded",
          "ResourceLimitExceeded",
          "SnapshotCreationPerVolumeRateExceeded",
          "VolumeModificationRateExceeded",
          "dynamodb:ResourceInUseException",
          // Signed too early or with a session that ended: the next signature is a fresh one.
          "ExpiredToken",
          "ExpiredTokenException",
          "RequestExpired",
          "RequestInTheFuture",
          "RequestTimeTooSkewed");

  /** Answers, although they come with the status of a breakdown. */
  private static final Set<String> ANSWERS_DESPITE_5XX =
      Set.of(
          "InsufficientAddressCapacity",
          "InsufficientCapacity",
          "InsufficientHostCapacity",
          "InsufficientInstanceCapacity",
          "InsufficientReservedInstanceCapacity",
          "InsufficientVolumeCapacity");

  private static final Set<String> DOUBT_DESPITE_4XX =
      Set.of("InternalError", "InternalFailure", "RequestTimeout", "RequestTimeoutException");

  private static final Set<String> DENIALS =
      Set.of("AccessDenied", "AccessDeniedException", "UnauthorizedOperation");

  /** The credentials are not known there; that they have ended is said otherwise. */
  private static final Set<String> STRANGERS =
      Set.of(
          "AuthFailure",
          "InvalidAccessKeyId",
          "InvalidClientTokenId",
          "UnrecognizedClientException");

  private Failures() {}

  /** {@code operation} as IAM writes it, such as {@code ec2:StopInstances}. */
  static ActionException translate(SdkException failure, String operation, Scope scope) {
    return translate(failure, operation, scope.key());
  }

  static ActionException translate(SdkException failure, String operation, String where) {
    Optional<ActionException> ours = cause(failure, ActionException.class);
    if (ours.isPresent()) {
      return ours.get();
    }
    String what = operation + " in " + where;
    return failure instanceof SdkServiceException answered
        ? answered(answered, operation, what)
        : unanswered(failure, what);
  }

  private static ActionException answered(
      SdkServiceException failure, String operation, String what) {
    String code = code(failure);
    String message = what + ": " + said(failure);
    if (isToBeAskedAgain(failure, operation, code)) {
      return new TransientException(Kind.THROTTLED, code, message, failure);
    }
    if (isDoubtful(failure, code)) {
      return new TransientException(Kind.IN_DOUBT, code, message, failure);
    }
    return new RefusedException(code, message + advice(code, operation), failure);
  }

  private static String advice(String code, String operation) {
    if (STRANGERS.contains(code)) {
      return "; either the region is not switched on in that account, or the credentials in use"
          + " were revoked";
    }
    return DENIALS.contains(code) ? "; the role in use there must allow " + operation : "";
  }

  private static boolean isToBeAskedAgain(
      SdkServiceException failure, String operation, String code) {
    String service = operation.substring(0, operation.indexOf(':'));
    return failure.isThrottlingException()
        || WAIT.contains(code)
        || WAIT.contains(service + ":" + code);
  }

  private static boolean isDoubtful(SdkServiceException failure, String code) {
    boolean broken = failure.statusCode() >= 500 && !ANSWERS_DESPITE_5XX.contains(code);
    return broken || failure.statusCode() == 408 || DOUBT_DESPITE_4XX.contains(code);
  }

  /** In the service's words, and its code. */
  static String said(SdkServiceException failure) {
    return text(failure) + " (" + code(failure) + ")";
  }

  private static String code(SdkServiceException failure) {
    return details(failure)
        .flatMap(details -> Optional.ofNullable(details.errorCode()))
        .orElse("HTTP" + failure.statusCode());
  }

  private static String text(SdkServiceException failure) {
    return details(failure)
        .flatMap(details -> Optional.ofNullable(details.errorMessage()))
        .orElseGet(() -> String.valueOf(failure.getMessage()));
  }

  private static Optional<software.amazon.awssdk.awscore.exception.AwsErrorDetails> details(
      SdkServiceException failure) {
    return failure instanceof AwsServiceException aws
        ? Optional.ofNullable(aws.awsErrorDetails())
        : Optional.empty();
  }

  private static ActionException unanswered(SdkException failure, String what) {
    Optional<UnknownHostException> unknown = cause(failure, UnknownHostException.class);
    if (unknown.isPresent()) {
      return doubt(
          "UnknownHost",
          what
              + ": the host "
              + unknown.get().getMessage()
              + " is not known; check the region's name, the endpoint and the network",
          failure);
    }
    if (cause(failure, ConnectException.class).isPresent()) {
      return doubt(
          "ConnectionFailed",
          what + ": nobody answers at the endpoint; check that it is up and can be reached",
          failure);
    }
    if (isTimeout(failure)) {
      return doubt("TimedOut", what + ": no answer in time", failure);
    }
    if (cause(failure, IOException.class).isPresent()) {
      return doubt("ConnectionBroken", what + ": the connection broke", failure);
    }
    // Neither sent nor answered: a request that cannot be built, an answer that cannot be read.
    return new ActionException("ClientFailure", what + ": " + failure.getMessage(), failure);
  }

  private static boolean isTimeout(SdkException failure) {
    return failure instanceof ApiCallTimeoutException
        || failure instanceof ApiCallAttemptTimeoutException
        || failure instanceof AbortedException
        || cause(failure, InterruptedIOException.class).isPresent();
  }

  private static TransientException doubt(String code, String message, SdkException failure) {
    return new TransientException(Kind.IN_DOUBT, code, message, failure);
  }

  private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
    return Stream.iterate(failure, t -> t != null, Throwable::getCause)
        .limit(20)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }
}
