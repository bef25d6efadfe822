package io.opsautomator.awstests;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** Transactions at random, now and then one that was made before, or only its token. */
final class RandomTransactions {
  private final Random random;
  private final String table;
  private final List<TransactWriteItemsRequest> tokens = new ArrayList<>();

  RandomTransactions(Random random, String table) {
    this.random = random;
    this.table = table;
  }

  private boolean in(int percent) {
    return random.nextInt(100) < percent;
  }

  RandomRequests.Request next() {
    TransactWriteItemsRequest request =
        tokens.isEmpty() || in(80) ? transaction() : tokens.get(random.nextInt(tokens.size()));
    if (in(10)) {
      Put other =
          Put.builder().tableName(table).item(new RandomExpressions(random).goodKey()).build();
      request =
          request.toBuilder().transactItems(TransactWriteItem.builder().put(other).build()).build();
    }
    TransactWriteItemsRequest made = request;
    return RandomRequests.of(made, client -> client.transactWriteItems(made));
  }

  private TransactWriteItemsRequest transaction() {
    List<TransactWriteItem> items = new ArrayList<>();
    Set<Map<String, AttributeValue>> keys = new HashSet<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      TransactWriteItem item = transactional();
      if (keys.add(key(item))) {
        items.add(item);
      }
    }
    TransactWriteItemsRequest request =
        TransactWriteItemsRequest.builder()
            .transactItems(items)
            .clientRequestToken("token-" + random.nextLong())
            .build();
    if (keys.stream().allMatch(RandomTransactions::isGood)) {
      tokens.add(
          request); // What is wrong with other keys, DynamoDB Local says a second time never.
    }
    return request;
  }

  /** Of one item several writes are refused, but DynamoDB Local may tell of a condition first. */
  private static Map<String, AttributeValue> key(TransactWriteItem item) {
    if (item.put() != null) {
      Map<String, AttributeValue> key = new HashMap<>(item.put().item());
      key.keySet().retainAll(Set.of("pk", "sk"));
      return key;
    }
    return item.update() != null
        ? item.update().key()
        : item.delete() != null ? item.delete().key() : item.conditionCheck().key();
  }

  private static boolean isGood(Map<String, AttributeValue> key) {
    return key.keySet().equals(Set.of("pk", "sk"))
        && key.values().stream().allMatch(value -> value.s() != null && !value.s().isEmpty());
  }

  private TransactWriteItem transactional() {
    RandomExpressions given = new RandomExpressions(random);
    TransactWriteItem.Builder item = TransactWriteItem.builder();
    return switch (random.nextInt(5)) {
      case 0 -> item.put(put(given)).build();
      case 1 -> item.delete(delete(given)).build();
      case 2 -> item.conditionCheck(check(given)).build();
      default -> item.update(update(given)).build();
    };
  }

  private Put put(RandomExpressions given) {
    Put.Builder put =
        Put.builder()
            .tableName(table)
            .item(given.item())
            .conditionExpression(in(40) ? given.condition(0) : null)
            .returnValuesOnConditionCheckFailure(RandomRequests.onFailure(random));
    RandomRequests.given(
        given,
        (names, values) -> put.expressionAttributeNames(names).expressionAttributeValues(values));
    return put.build();
  }

  private Delete delete(RandomExpressions given) {
    Delete.Builder delete =
        Delete.builder()
            .tableName(table)
            .key(given.key())
            .conditionExpression(in(40) ? given.condition(0) : null)
            .returnValuesOnConditionCheckFailure(RandomRequests.onFailure(random));
    RandomRequests.given(
        given,
        (names, values) ->
            delete.expressionAttributeNames(names).expressionAttributeValues(values));
    return delete.build();
  }

  private ConditionCheck check(RandomExpressions given) {
    ConditionCheck.Builder check =
        ConditionCheck.builder()
            .tableName(table)
            .key(given.key())
            .conditionExpression(given.condition(0))
            .returnValuesOnConditionCheckFailure(RandomRequests.onFailure(random));
    RandomRequests.given(
        given,
        (names, values) -> check.expressionAttributeNames(names).expressionAttributeValues(values));
    return check.build();
  }

  private Update update(RandomExpressions given) {
    Update.Builder update =
        Update.builder()
            .tableName(table)
            .key(given.key())
            .updateExpression(given.update())
            .conditionExpression(in(40) ? given.condition(0) : null)
            .returnValuesOnConditionCheckFailure(RandomRequests.onFailure(random));
    RandomRequests.given(
        given,
        (names, values) ->
            update.expressionAttributeNames(names).expressionAttributeValues(values));
    return update.build();
  }
}
