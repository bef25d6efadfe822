package io.opsautomator.awstests;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * Who is at work, seen by a third party: a table that the engine knows nothing of, with one item
 * for those who are within and one for each who has left. What would break the limit is refused,
 * and remembered. One who comes too late, since it had been frozen and another has done its work,
 * is turned away.
 */
final class Witness {
  private static final Map<String, AttributeValue> HALL = Map.of("id", text("hall"));
  private static final Map<String, AttributeValue> BROKEN = Map.of("id", text("broken"));
  private static final String LEFT = "left/";
  private static final String REFUSED = "ConditionalCheckFailed";
  private static final String CONFLICT = "TransactionConflict";

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
    List<String> refused = together(hasNotLeft(who), comesIn(who));
    if (refused.get(0).isEmpty() && !refused.get(1).isEmpty()) {
      tooMany(who);
    }
  }

  private TransactWriteItem hasNotLeft(String who) {
    ConditionCheck check =
        ConditionCheck.builder()
            .tableName(table)
            .key(left(who))
            .conditionExpression("attribute_not_exists(id)")
            .build();
    return TransactWriteItem.builder().conditionCheck(check).build();
  }

  private TransactWriteItem comesIn(String who) {
    Map<String, AttributeValue> values =
        Map.of(
            ":me",
            AttributeValue.fromSs(List.of(who)),
            ":it",
            text(who),
            ":limit",
            AttributeValue.fromN("" + limit));
    return hall(
        Update.builder()
            .updateExpression("ADD present :me")
            .conditionExpression(
                "attribute_not_exists(present) OR contains(present, :it)"
                    + " OR size(present) < :limit")
            .expressionAttributeValues(values));
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
    Put once =
        Put.builder()
            .tableName(table)
            .item(left(who))
            .conditionExpression("attribute_not_exists(id)")
            .build();
    together(TransactWriteItem.builder().put(once).build(), goesOut(who));
  }

  private TransactWriteItem goesOut(String who) {
    Map<String, AttributeValue> values =
        Map.of(":me", AttributeValue.fromSs(List.of(who)), ":one", AttributeValue.fromN("1"));
    return hall(
        Update.builder()
            .updateExpression("ADD ended :one DELETE present :me")
            .expressionAttributeValues(values));
  }

  private TransactWriteItem hall(Update.Builder update) {
    return TransactWriteItem.builder().update(update.tableName(table).key(HALL).build()).build();
  }

  /** What each of them was refused for, in their order; nothing where it was not its fault. */
  private List<String> together(TransactWriteItem... writes) {
    while (true) {
      try {
        dynamo.transactWriteItems(request -> request.transactItems(writes));
        return List.of("", "");
      } catch (TransactionCanceledException e) {
        List<String> refused = e.cancellationReasons().stream().map(Witness::refusal).toList();
        if (refused.contains(REFUSED)) {
          return refused;
        }
        if (e.cancellationReasons().stream().noneMatch(it -> CONFLICT.equals(it.code()))) {
          throw e;
        }
        // Another wrote the hall's item at the same moment: again.
      }
    }
  }

  private static String refusal(CancellationReason reason) {
    return REFUSED.equals(reason.code()) ? REFUSED : "";
  }

  /** How many have left. */
  int ended() {
    AttributeValue ended = item(HALL).get("ended");
    return ended == null ? 0 : Integer.parseInt(ended.n());
  }

  Seen seen() {
    Set<String> left =
        dynamo
            .scanPaginator(request -> request.tableName(table).consistentRead(true))
            .items()
            .stream()
            .map(item -> item.get("id").s())
            .filter(id -> id.startsWith(LEFT))
            .map(id -> id.substring(LEFT.length()))
            .collect(Collectors.toCollection(TreeSet::new));
    return new Seen(names(item(HALL), "present"), left, names(item(BROKEN), "tooMany"));
  }

  private Map<String, AttributeValue> item(Map<String, AttributeValue> key) {
    return dynamo.getItem(r -> r.tableName(table).key(key).consistentRead(true)).item();
  }

  private static Set<String> names(Map<String, AttributeValue> item, String field) {
    AttributeValue value = item.get(field);
    return value == null ? Set.of() : new TreeSet<>(value.ss());
  }

  private static Map<String, AttributeValue> left(String who) {
    return Map.of("id", text(LEFT + who));
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }
}
