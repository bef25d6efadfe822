package io.opsautomator.testkit.dynamodb;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DuplicateItemException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** The errors of the service, by the codes that it documents. */
final class Refusals {
  private Refusals() {}

  private static AwsErrorDetails details(String code, String message) {
    return AwsErrorDetails.builder()
        .serviceName("DynamoDb")
        .errorCode(code)
        .errorMessage(message)
        .build();
  }

  private static <B extends DynamoDbException.Builder> B filled(
      B builder, String code, String message) {
    builder
        .message(message)
        .statusCode(400)
        .requestId("fake")
        .awsErrorDetails(details(code, message));
    return builder;
  }

  static DynamoDbException validation(String message) {
    return (DynamoDbException)
        filled(DynamoDbException.builder(), "ValidationException", message).build();
  }

  /**
   * @param found the image that did not fit, if the caller wanted to see it
   */
  static ConditionalCheckFailedException conditionFailed(
      Optional<Map<String, AttributeValue>> found) {
    return filled(
            ConditionalCheckFailedException.builder().item(found.orElse(null)),
            "ConditionalCheckFailedException",
            "The conditional request failed")
        .build();
  }

  static ResourceNotFoundException noTable(String name) {
    String message = "Requested resource not found: Table: " + name + " not found";
    return filled(ResourceNotFoundException.builder(), "ResourceNotFoundException", message)
        .build();
  }

  static ResourceInUseException tableExists(String name) {
    String message = "Table already exists: " + name;
    return filled(ResourceInUseException.builder(), "ResourceInUseException", message).build();
  }

  static DuplicateItemException duplicate() {
    String message = "Duplicate primary key exists in table";
    return filled(DuplicateItemException.builder(), "DuplicateItemException", message).build();
  }

  static TransactionConflictException conflict() {
    String message = "Transaction is ongoing for the item";
    return filled(TransactionConflictException.builder(), "TransactionConflictException", message)
        .build();
  }

  static IdempotentParameterMismatchException otherParameters() {
    return filled(
            IdempotentParameterMismatchException.builder(),
            "IdempotentParameterMismatchException",
            "The client request token was used with other parameters before")
        .build();
  }

  static TransactionCanceledException cancelled(List<CancellationReason> reasons) {
    String codes = reasons.stream().map(CancellationReason::code).collect(Collectors.joining(", "));
    return filled(
            TransactionCanceledException.builder().cancellationReasons(reasons),
            "TransactionCanceledException",
            "Transaction cancelled, please refer cancellation reasons for specific reasons ["
                + codes
                + "]")
        .build();
  }
}
