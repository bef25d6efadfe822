package io.opsautomator.testkit.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementError;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Defects in the store that keeps things in a table: its calls without a condition that they have,
 * or with half of an answer.
 */
final class MutantsOfTables {
  private static final String THERE = "attribute_exists(pk)";
  private static final String HOLDER = "slots.#n.g = :serial AND slots.#n.t = :holder";

  private MutantsOfTables() {}

  private static Mutant of(UnaryOperator<DynamoDbClient> change) {
    return new Mutant() {
      @Override
      public DynamoDbClient client(DynamoDbClient port) {
        return change.apply(port);
      }
    };
  }

  /** A hand-over looks at the slot, and not at who holds it under which number. */
  static Mutant anySlot() {
    return of(
        port ->
            new Updates(port) {
              @Override
              String condition(String update, String condition) {
                return condition.replace(HOLDER, "attribute_exists(slots.#n)");
              }
            });
  }

  /** A claim looks neither at the state of the execution nor at the ticket. */
  static Mutant claimOfAny() {
    return of(
        port ->
            new Updates(port) {
              @Override
              String condition(String update, String condition) {
                return update.startsWith("SET st = :running") ? THERE : condition;
              }
            });
  }

  /** Has other conditions. What only they name is not given: DynamoDB would refuse it. */
  private abstract static class Updates extends ForwardingClient {
    Updates(DynamoDbClient port) {
      super(port);
    }

    abstract String condition(String update, String condition);

    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest request) {
      if (request.conditionExpression() == null) {
        return super.updateItem(request);
      }
      String condition = condition(request.updateExpression(), request.conditionExpression());
      Map<String, AttributeValue> values = new HashMap<>(request.expressionAttributeValues());
      values.keySet().removeIf(name -> !names(condition + " " + request.updateExpression(), name));
      return super.updateItem(
          request.toBuilder()
              .conditionExpression(condition)
              .expressionAttributeValues(values)
              .build());
    }

    private static boolean names(String expressions, String name) {
      return Stream.of(expressions.split("[^:#\\w]+")).anyMatch(name::equals);
    }
  }

  /** What is written over an image is written whatever is there by now. */
  static Mutant versionUnseen() {
    return of(VersionUnseen::new);
  }

  private static final class VersionUnseen extends ForwardingClient {
    VersionUnseen(DynamoDbClient port) {
      super(port);
    }

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
      return super.putItem(
          "v = :seen".equals(request.conditionExpression())
              ? request.toBuilder()
                  .conditionExpression(THERE)
                  .expressionAttributeValues(null)
                  .build()
              : request);
    }
  }

  /** What a batch leaves undone, or does not take, stays undone. */
  static Mutant batchLeftUndone() {
    return of(LeftUndone::new);
  }

  private static final class LeftUndone extends ForwardingClient {
    LeftUndone(DynamoDbClient port) {
      super(port);
    }

    @Override
    public BatchExecuteStatementResponse batchExecuteStatement(
        BatchExecuteStatementRequest request) {
      BatchExecuteStatementResponse answer = super.batchExecuteStatement(request);
      return answer.toBuilder()
          .responses(
              answer.responses().stream()
                  .map(one -> one.toBuilder().error((BatchStatementError) null).build())
                  .toList())
          .build();
    }

    @Override
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
      return super.batchGetItem(request).toBuilder().unprocessedKeys(Map.of()).build();
    }

    @Override
    public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
      return super.batchWriteItem(request).toBuilder().unprocessedItems(Map.of()).build();
    }
  }
}
