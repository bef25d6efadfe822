package io.opsautomator.aws.dynamodb;

import io.opsautomator.store.StoreException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The calls that the store makes, and what their refusals mean. A refused condition is an answer,
 * and so is a conflict of two transactions; everything else that goes wrong is a {@link
 * StoreException} that says what to do.
 *
 * <p>Throttling, time-outs and faults of the service are repeated by the client that was given, by
 * its own rules; here are repeated only what it cannot know of: items of a batch that the service
 * left undone, and writes that met a transaction. Thread-safe.
 */
final class Table {
  /** How often what met a transaction is tried; each try takes as long as a call. */
  static final int TRIES = 64;

  /** The service's limit. */
  static final int MOST_IN_TRANSACTION = 100;

  private final DynamoDbClient client;
  private final String name;
  private final Bulk bulk;

  Table(DynamoDbClient client, String name) {
    this.client = client;
    this.name = name;
    this.bulk = new Bulk(client, name);
  }

  String name() {
    return name;
  }

  /**
   * What a conditional write answers.
   *
   * @param image the item afterwards, or the one that stood in the way; empty if there is none, and
   *     for a put that was made
   */
  record Answer(boolean made, Map<String, AttributeValue> image) {
    boolean absent() {
      return image.isEmpty();
    }

    Row row() {
      return new Row(image);
    }
  }

  /** A condition, with what it and the update name. */
  record Expression(
      String update,
      String condition,
      Map<String, String> names,
      Map<String, AttributeValue> values) {
    static final Expression FRESH =
        new Expression("", "attribute_not_exists(pk)", Map.of(), Map.of());

    static final Expression ANY = new Expression("", "", Map.of(), Map.of());

    static Expression unchanged(long version) {
      return new Expression("", "v = :seen", Map.of(), Map.of(":seen", Item.number(version)));
    }
  }

  Optional<Row> get(Key key) {
    Map<String, AttributeValue> item =
        asked(
            () ->
                client
                    .getItem(
                        request ->
                            request.tableName(name).key(key.attributes()).consistentRead(true))
                    .item());
    return item.isEmpty() ? Optional.empty() : Optional.of(new Row(item));
  }

  Answer put(Map<String, AttributeValue> item, Expression only) {
    PutItemRequest.Builder request =
        PutItemRequest.builder()
            .tableName(name)
            .item(item)
            .conditionExpression(only.condition())
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    if (!only.values().isEmpty()) {
      request.expressionAttributeValues(only.values());
    }
    PutItemRequest put = request.build();
    return conditional(
        () -> {
          client.putItem(put);
          return Map.of();
        });
  }

  /** Without a condition: for what may be written twice. */
  void put(Map<String, AttributeValue> item) {
    conditional(
        () -> {
          client.putItem(request -> request.tableName(name).item(item));
          return Map.of();
        });
  }

  Answer update(Key key, Expression change) {
    UpdateItemRequest.Builder request =
        UpdateItemRequest.builder()
            .tableName(name)
            .key(key.attributes())
            .updateExpression(change.update())
            .expressionAttributeValues(change.values())
            .returnValues(ReturnValue.ALL_NEW)
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    if (!change.names().isEmpty()) {
      request.expressionAttributeNames(change.names());
    }
    if (!change.condition().isEmpty()) {
      request.conditionExpression(change.condition());
    }
    UpdateItemRequest update = request.build();
    return conditional(() -> client.updateItem(update).attributes());
  }

  /** Whether it was there as the condition says, and is gone. */
  boolean delete(Key key, Expression only) {
    return conditional(
            () -> {
              client.deleteItem(
                  request ->
                      request
                          .tableName(name)
                          .key(key.attributes())
                          .conditionExpression(only.condition())
                          .expressionAttributeValues(only.values()));
              return Map.of();
            })
        .made();
  }

  private Answer conditional(Supplier<Map<String, AttributeValue>> write) {
    for (int i = 0; i < TRIES; i++) {
      Optional<Answer> answer = Trouble.translated(name, () -> once(write));
      if (answer.isPresent()) {
        return answer.get();
      }
    }
    throw busy();
  }

  /** Empty when a transaction held the item for a moment. */
  private static Optional<Answer> once(Supplier<Map<String, AttributeValue>> write) {
    try {
      return Optional.of(new Answer(true, write.get()));
    } catch (ConditionalCheckFailedException refused) {
      return Optional.of(new Answer(false, refused.hasItem() ? refused.item() : Map.of()));
    } catch (TransactionConflictException met) {
      return Optional.empty();
    }
  }

  private StoreException busy() {
    return new StoreException(
        "an item of table %s was in other transactions %d times in a row: try again"
            .formatted(name, TRIES));
  }

  /**
   * All or nothing.
   *
   * @param token names the transaction, so that a repetition is known
   * @return for each write what stood in its way, empty if nothing did; an empty list if all were
   *     made
   */
  List<Optional<Row>> transact(List<TransactWriteItem> writes, String token) {
    for (int i = 0; i < TRIES; i++) {
      String attempt = i == 0 ? token : token + "-" + i;
      Optional<List<Optional<Row>>> done = asked(() -> transactOnce(writes, attempt));
      if (done.isPresent()) {
        return done.get();
      }
    }
    throw busy();
  }

  /** Empty when it met another transaction. */
  private Optional<List<Optional<Row>>> transactOnce(List<TransactWriteItem> writes, String token) {
    try {
      client.transactWriteItems(request -> request.transactItems(writes).clientRequestToken(token));
      return Optional.of(List.of());
    } catch (TransactionInProgressException met) {
      return Optional.empty();
    } catch (TransactionCanceledException refused) {
      List<CancellationReason> reasons = refused.cancellationReasons();
      if (reasons.stream().anyMatch(it -> "ConditionalCheckFailed".equals(it.code()))) {
        return Optional.of(reasons.stream().map(Table::obstacle).toList());
      }
      if (reasons.stream().anyMatch(it -> "TransactionConflict".equals(it.code()))) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  /** An obstacle without attributes is one that is not there. */
  private static Optional<Row> obstacle(CancellationReason reason) {
    return "ConditionalCheckFailed".equals(reason.code())
        ? Optional.of(new Row(reason.hasItem() ? reason.item() : Map.of()))
        : Optional.empty();
  }

  TransactWriteItem putting(Map<String, AttributeValue> item, Expression only) {
    return TransactWriteItem.builder()
        .put(
            put ->
                put.tableName(name)
                    .item(item)
                    .conditionExpression(only.condition().isEmpty() ? null : only.condition())
                    .expressionAttributeValues(only.values().isEmpty() ? null : only.values())
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD))
        .build();
  }

  /** Without a condition. */
  TransactWriteItem updating(Key key, Expression change) {
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(name)
                    .key(key.attributes())
                    .updateExpression(change.update())
                    .expressionAttributeValues(change.values()))
        .build();
  }

  TransactWriteItem deleting(Key key, Expression only) {
    return TransactWriteItem.builder()
        .delete(
            delete ->
                delete
                    .tableName(name)
                    .key(key.attributes())
                    .conditionExpression(only.condition())
                    .expressionAttributeValues(only.values()))
        .build();
  }

  TransactWriteItem requiring(Key key, String condition) {
    return TransactWriteItem.builder()
        .conditionCheck(
            check -> check.tableName(name).key(key.attributes()).conditionExpression(condition))
        .build();
  }

  /** For each item whether it was absent, and is there now; in order. */
  List<Boolean> insert(List<Map<String, AttributeValue>> items) {
    return items.size() == 1
        ? List.of(put(items.get(0), Expression.FRESH).made())
        : bulk.insert(items);
  }

  /** Those that are there, in no order. */
  List<Row> find(Collection<Key> keys) {
    return bulk.find(keys);
  }

  /** Writes and removes without conditions: for what may be done twice. */
  void write(List<Map<String, AttributeValue>> items, List<Key> gone) {
    bulk.write(items, gone);
  }

  /** A query of this table, a page at a time. */
  Query query(String partition) {
    return new Query(client, this, partition);
  }

  <T> T asked(Supplier<T> call) {
    return Trouble.translated(name, call);
  }
}
