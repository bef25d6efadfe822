package io.opsautomator.aws.dynamodb;

import io.opsautomator.aws.budget.BudgetStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Budgets in the table of a store: one item for each account, region, service and class of
 * operations, of a few hundred bytes. A read is half a unit, a write one; a write that another was
 * faster than costs a unit, too. Removed by the table's time to live.
 *
 * <p>The client may repeat calls by itself: a repeated write that had been made is answered as one
 * that another was faster with, and the worker looks again. Thread-safe.
 */
public final class DynamoDbBudgetStore implements BudgetStore {
  private static final String PK = "pk";
  private static final String SK = "sk";
  private static final String VERSION = "v";
  private static final String TEXT = "text";
  private static final String TTL = "ttl";

  private final DynamoDbClient client;
  private final String table;

  /**
   * @param client stays the caller's to close
   */
  public DynamoDbBudgetStore(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  @Override
  public Optional<Entry> find(String key) {
    Map<String, AttributeValue> item =
        client
            .getItem(request -> request.tableName(table).key(place(key)).consistentRead(true))
            .item();
    return Optional.ofNullable(item.get(TEXT))
        .flatMap(
            text ->
                Optional.ofNullable(item.get(VERSION))
                    .map(version -> new Entry(Long.parseLong(version.n()), text.s())));
  }

  @Override
  public boolean replace(String key, long seen, String text, Instant keepUntil) {
    Map<String, AttributeValue> item = new HashMap<>(place(key));
    item.put(VERSION, number(seen + 1));
    item.put(TEXT, AttributeValue.fromS(text));
    item.put(TTL, number(keepUntil.getEpochSecond()));
    try {
      client.putItem(
          request -> {
            request.tableName(table).item(item);
            if (seen == ABSENT) {
              request.conditionExpression("attribute_not_exists(pk)");
            } else {
              request
                  .conditionExpression("v = :seen")
                  .expressionAttributeValues(Map.of(":seen", number(seen)));
            }
          });
      return true;
    } catch (ConditionalCheckFailedException faster) {
      return false;
    }
  }

  private static Map<String, AttributeValue> place(String key) {
    return Map.of(PK, AttributeValue.fromS("B#" + key), SK, AttributeValue.fromS("B"));
  }

  private static AttributeValue number(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }
}
