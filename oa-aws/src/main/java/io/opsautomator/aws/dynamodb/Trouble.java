package io.opsautomator.aws.dynamodb;

import io.opsautomator.store.StoreException;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** Says in an operator's words why the table did not do what was asked, and what to do next. */
final class Trouble {
  private Trouble() {}

  static <T> T translated(String table, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw new StoreException(words(table, e), e);
    }
  }

  private static String words(String table, SdkException e) {
    if (e instanceof ResourceNotFoundException) {
      return "there is no table %s in this account and region: make it with".formatted(table)
          + " 'oa aws create-store --table %s', or check OA_TABLE and the region".formatted(table);
    }
    if (e instanceof AwsServiceException refused
        && refused.awsErrorDetails() != null
        && refused.awsErrorDetails().errorCode() != null) {
      return words(table, refused);
    }
    return e instanceof SdkClientException
        ? "table %s did not answer (%s); whether the write was made is not known: repeat it"
            .formatted(table, e.getMessage())
        : "table %s: %s".formatted(table, e.getMessage());
  }

  private static String words(String table, AwsServiceException e) {
    String code = e.awsErrorDetails().errorCode();
    String said = e.awsErrorDetails().errorMessage();
    return switch (code) {
      case "AccessDeniedException" ->
          "no permission for table %s: %s; allow the role what docs/dynamodb.md lists"
              .formatted(table, said);
      case "ExpiredTokenException", "UnrecognizedClientException", "InvalidSignatureException" ->
          "the credentials for table %s are not accepted: %s".formatted(table, said);
      case "ValidationException" ->
          "table %s refuses the request: %s; were its keys made by 'oa aws create-store'?"
              .formatted(table, said);
      case "ThrottlingException",
          "ProvisionedThroughputExceededException",
          "RequestLimitExceeded" ->
          "table %s is throttled: %s; is it on demand? A single partition takes 1,000 writes/s"
              .formatted(table, said);
      default -> "table %s: %s: %s".formatted(table, code, said);
    };
  }
}
