package io.opsautomator.aws.dynamodb;

import io.opsautomator.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.SSEType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Makes the table of a store, and looks whether a table is one. */
public final class DynamoDbTable {
  private static final String UNKNOWN = "UnknownOperationException";

  private DynamoDbTable() {}

  /** What {@link #create} found or did. */
  public enum Result {
    CREATED,
    /** It was there, and is as a store needs it. */
    THERE
  }

  /**
   * Makes the table in the shape of {@link TableShape#CURRENT}, waits until it can be used, and
   * turns on point-in-time recovery and the removal of what is out of date. What is there already
   * is left as it is, but for these two; so doing it again is harmless.
   *
   * @param kmsKey the key to encrypt it with: id, ARN or alias; without one, DynamoDB's own
   * @throws StoreException if a table of this name has other keys, naming what is wrong; or if it
   *     cannot be made
   */
  public static Result create(DynamoDbClient client, String table, Optional<String> kmsKey) {
    return Trouble.translated(
        table,
        () -> {
          Optional<TableDescription> there = described(client, table);
          Result result = there.isPresent() ? Result.THERE : made(client, table, kmsKey);
          client.waiter().waitUntilTableExists(request -> request.tableName(table));
          require(client, table);
          recoverable(client, table);
          forgetful(client, table);
          return result;
        });
  }

  /**
   * @throws StoreException if there is no such table, or none that a store can use, naming what is
   *     wrong
   */
  public static void require(DynamoDbClient client, String table) {
    TableDescription there =
        Trouble.translated(table, () -> client.describeTable(r -> r.tableName(table)).table());
    List<String> wrong = wrong(there);
    if (!wrong.isEmpty()) {
      throw new StoreException(
          "table %s is none of a store: %s; use another name"
              .formatted(table, String.join("; ", wrong)));
    }
  }

  private static Optional<TableDescription> described(DynamoDbClient client, String table) {
    try {
      return Optional.of(client.describeTable(request -> request.tableName(table)).table());
    } catch (ResourceNotFoundException none) {
      return Optional.empty();
    }
  }

  private static Result made(DynamoDbClient client, String table, Optional<String> kmsKey) {
    TableShape shape = TableShape.CURRENT;
    CreateTableRequest.Builder request =
        CreateTableRequest.builder()
            .tableName(table)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(shape.keys().stream().map(DynamoDbTable::text).toList())
            .keySchema(keys(shape.partitionKey(), shape.sortKey()))
            .globalSecondaryIndexes(due(shape));
    kmsKey.ifPresent(
        key ->
            request.sseSpecification(
                sse -> sse.enabled(true).sseType(SSEType.KMS).kmsMasterKeyId(key)));
    try {
      client.createTable(request.build());
      return Result.CREATED;
    } catch (ResourceInUseException another) {
      return Result.THERE; // Somebody else was quicker; what it made is looked at next.
    }
  }

  private static GlobalSecondaryIndex due(TableShape shape) {
    return GlobalSecondaryIndex.builder()
        .indexName(shape.index())
        .keySchema(keys(shape.indexPartitionKey(), shape.indexSortKey()))
        .projection(it -> it.projectionType(ProjectionType.KEYS_ONLY))
        .build();
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static List<KeySchemaElement> keys(String partition, String sort) {
    return List.of(
        KeySchemaElement.builder().attributeName(partition).keyType(KeyType.HASH).build(),
        KeySchemaElement.builder().attributeName(sort).keyType(KeyType.RANGE).build());
  }

  /** DynamoDB Local has no backups, and nothing to lose. */
  private static void recoverable(DynamoDbClient client, String table) {
    try {
      client.updateContinuousBackups(
          request ->
              request
                  .tableName(table)
                  .pointInTimeRecoverySpecification(it -> it.pointInTimeRecoveryEnabled(true)));
    } catch (DynamoDbException e) {
      if (!UNKNOWN.equals(e.awsErrorDetails().errorCode())) {
        throw e;
      }
    }
  }

  private static void forgetful(DynamoDbClient client, String table) {
    TimeToLiveStatus status =
        client
            .describeTimeToLive(r -> r.tableName(table))
            .timeToLiveDescription()
            .timeToLiveStatus();
    if (status != TimeToLiveStatus.ENABLED && status != TimeToLiveStatus.ENABLING) {
      client.updateTimeToLive(
          request ->
              request
                  .tableName(table)
                  .timeToLiveSpecification(
                      it -> it.enabled(true).attributeName(TableShape.CURRENT.ttl())));
    }
  }

  private static List<String> wrong(TableDescription there) {
    TableShape shape = TableShape.CURRENT;
    List<String> wrong = new ArrayList<>();
    compare("its key", there.keySchema(), keys(shape.partitionKey(), shape.sortKey()), wrong);
    Optional<GlobalSecondaryIndexDescription> index =
        there.globalSecondaryIndexes().stream()
            .filter(each -> shape.index().equals(each.indexName()))
            .findFirst();
    if (index.isEmpty()) {
      wrong.add("it has no index '" + shape.index() + "'");
    } else {
      compare(
          "the key of its index '" + shape.index() + "'",
          index.get().keySchema(),
          keys(shape.indexPartitionKey(), shape.indexSortKey()),
          wrong);
    }
    Map<String, ScalarAttributeType> types =
        there.attributeDefinitions().stream()
            .collect(
                Collectors.toMap(
                    AttributeDefinition::attributeName, AttributeDefinition::attributeType));
    shape.keys().stream()
        .filter(key -> types.getOrDefault(key, ScalarAttributeType.S) != ScalarAttributeType.S)
        .forEach(key -> wrong.add("'" + key + "' is not a text"));
    return wrong;
  }

  private static void compare(
      String what, List<KeySchemaElement> is, List<KeySchemaElement> expected, List<String> wrong) {
    if (!List.copyOf(is).equals(expected)) {
      wrong.add("%s is %s, not %s".formatted(what, words(is), words(expected)));
    }
  }

  private static String words(List<KeySchemaElement> keys) {
    return keys.stream()
        .map(key -> key.attributeName() + " " + key.keyTypeAsString())
        .collect(Collectors.joining(", "));
  }
}
