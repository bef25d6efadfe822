package io.opsautomator.awstests;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Who is at work, seen by a third party: one item of a table that the engine knows nothing of. What
 * would break the limit is refused, and remembered. One who comes too late, since it had been
 * frozen and another has done its work, is turned away.
 */
final class Witness {
  private static final Map<String, AttributeValue> KEY = Map.of("id", text("hall"));
  private static final Map<String, AttributeValue> BROKEN = Map.of("id", text("broken"));

  private final DynamoDbClient dynamo;
  private final String table;
  private final int limit;

  /** What it has seen so far. */
  record Seen(Set<String> within, Set<String> ended, Set<String> tooMany) {}

  Witness(DynamoDbClient dynamo, String table, int limit) {
    this.dynamo = dynamo;
    this.table = table;
    this.limit = limit;
  }

  static void create(DynamoDbClient dynamo, String table) {
    dynamo.createTable(
        request ->
            request
                .tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(
                    KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build())
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build()));
  }

  void enters(String who) {
    try {
      dynamo.updateItem(
          update("ADD present :me")
              .conditionExpression(
                  "NOT contains(gone, :it) AND (attribute_not_exists(present)"
                      + " OR contains(present, :it) OR size(present) < :limit)")
              .expressionAttributeValues(
                  Map.of(
                      ":me",
                      AttributeValue.fromSs(List.of(who)),
                      ":it",
                      text(who),
                      ":limit",
                      AttributeValue.fromN("" + limit)))
              .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
              .build());
    } catch (ConditionalCheckFailedException e) {
      if (!names(e.item(), "gone").contains(who)) {
        tooMany(who);
      }
    }
  }

  private void tooMany(String who) {
    dynamo.updateItem(
        request ->
            request
                .tableName(table)
                .key(BROKEN)
                .updateExpression("ADD tooMany :me")
                .expressionAttributeValues(Map.of(":me", AttributeValue.fromSs(List.of(who)))));
  }

  /** Doing it again changes nothing. */
  void leaves(String who) {
    dynamo.updateItem(
        update("ADD gone :me DELETE present :me")
            .expressionAttributeValues(Map.of(":me", AttributeValue.fromSs(List.of(who))))
            .build());
  }

  private UpdateItemRequest.Builder update(String expression) {
    return UpdateItemRequest.builder().tableName(table).key(KEY).updateExpression(expression);
  }

  Seen seen() {
    Map<String, AttributeValue> hall = item(KEY);
    return new Seen(names(hall, "present"), names(hall, "gone"), names(item(BROKEN), "tooMany"));
  }

  private Map<String, AttributeValue> item(Map<String, AttributeValue> key) {
    return dynamo.getItem(r -> r.tableName(table).key(key).consistentRead(true)).item();
  }

  private static Set<String> names(Map<String, AttributeValue> item, String field) {
    AttributeValue value = item.get(field);
    return value == null ? Set.of() : new TreeSet<>(value.ss());
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }
}
