package io.opsautomator.testkit.dynamodb;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * One write as it is asked for, whichever operation asks.
 *
 * @param item the whole item of a put, the key of the others
 */
record Writing(
    Kind kind,
    String table,
    Map<String, AttributeValue> item,
    @Nullable String condition,
    @Nullable String update,
    Map<String, String> names,
    Map<String, AttributeValue> values,
    boolean showsOld) {
  enum Kind {
    PUT,
    UPDATE,
    DELETE,
    CHECK
  }

  static Writing of(PutItemRequest put) {
    refuse(put.hasExpected() || put.conditionalOperator() != null);
    return new Writing(
        Kind.PUT,
        put.tableName(),
        put.item(),
        put.conditionExpression(),
        null,
        put.expressionAttributeNames(),
        put.expressionAttributeValues(),
        shows(put.returnValuesOnConditionCheckFailure()));
  }

  static Writing of(UpdateItemRequest update) {
    refuse(update.hasExpected() || update.hasAttributeUpdates());
    return new Writing(
        Kind.UPDATE,
        update.tableName(),
        update.key(),
        update.conditionExpression(),
        update.updateExpression(),
        update.expressionAttributeNames(),
        update.expressionAttributeValues(),
        shows(update.returnValuesOnConditionCheckFailure()));
  }

  static Writing of(DeleteItemRequest delete) {
    refuse(delete.hasExpected() || delete.conditionalOperator() != null);
    return new Writing(
        Kind.DELETE,
        delete.tableName(),
        delete.key(),
        delete.conditionExpression(),
        null,
        delete.expressionAttributeNames(),
        delete.expressionAttributeValues(),
        shows(delete.returnValuesOnConditionCheckFailure()));
  }

  /** Without conditions, as in a batch. */
  static Writing plain(Kind kind, String table, Map<String, AttributeValue> item) {
    return new Writing(kind, table, item, null, null, Map.of(), Map.of(), false);
  }

  static Writing of(TransactWriteItem item) {
    if (item.put() != null) {
      return of(item.put());
    } else if (item.update() != null) {
      return of(item.update());
    } else if (item.delete() != null) {
      return of(item.delete());
    } else if (item.conditionCheck() != null) {
      return of(item.conditionCheck());
    }
    throw Refusals.validation("TransactItems can only contain one of Check, Put, Update or Delete");
  }

  private static Writing of(Put put) {
    return new Writing(
        Kind.PUT,
        put.tableName(),
        put.item(),
        put.conditionExpression(),
        null,
        put.expressionAttributeNames(),
        put.expressionAttributeValues(),
        shows(put.returnValuesOnConditionCheckFailure()));
  }

  private static Writing of(software.amazon.awssdk.services.dynamodb.model.Update update) {
    return new Writing(
        Kind.UPDATE,
        update.tableName(),
        update.key(),
        update.conditionExpression(),
        update.updateExpression(),
        update.expressionAttributeNames(),
        update.expressionAttributeValues(),
        shows(update.returnValuesOnConditionCheckFailure()));
  }

  private static Writing of(Delete delete) {
    return new Writing(
        Kind.DELETE,
        delete.tableName(),
        delete.key(),
        delete.conditionExpression(),
        null,
        delete.expressionAttributeNames(),
        delete.expressionAttributeValues(),
        shows(delete.returnValuesOnConditionCheckFailure()));
  }

  private static Writing of(ConditionCheck check) {
    return new Writing(
        Kind.CHECK,
        check.tableName(),
        check.key(),
        check.conditionExpression(),
        null,
        check.expressionAttributeNames(),
        check.expressionAttributeValues(),
        shows(check.returnValuesOnConditionCheckFailure()));
  }

  private static boolean shows(@Nullable ReturnValuesOnConditionCheckFailure which) {
    return which == ReturnValuesOnConditionCheckFailure.ALL_OLD;
  }

  private static void refuse(boolean legacy) {
    if (legacy) {
      throw new UnsupportedOperationException(
          "conditions of before expressions are not known here");
    }
  }
}
