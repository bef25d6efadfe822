package io.opsautomator.awstests;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.testkit.dynamodb.FakeDynamoDb;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The fake and DynamoDB Local answer the same requests in the same way: the same items, the same
 * keys to go on from, the same error codes and cancellation reasons. {@code -Ddynamodb.requests=N
 * -Ddynamodb.seed=S} asks for more.
 */
final class FakeDynamoDbDifferentialTest {
  private static final int REQUESTS = Integer.getInteger("dynamodb.requests", 1_000);
  private static final long SEED = Long.getLong("dynamodb.seed", 1);
  private static final String LARGE = "oa-test-large";
  private static final int A_TABLE = 200;

  @Test
  void answersAsDynamoDbLocalDoes() {
    DynamoDbClient local = LocalDynamoDb.client();
    for (int done = 0; done < REQUESTS; done += A_TABLE) {
      compare(local, SEED * 1_000_003 + done);
    }
  }

  private static void compare(DynamoDbClient local, long seed) {
    FakeDynamoDb fake = new FakeDynamoDb();
    String table = LocalDynamoDb.freshName();
    local.createTable(definition(table));
    fake.createTable(definition(table));
    RandomRequests requests = new RandomRequests(new Random(seed), table);
    for (int i = 0; i < A_TABLE; i++) {
      RandomRequests.Request request = requests.next();
      String expected = outcome(local, request);
      assertThat(outcome(fake, request))
          .as("request %d of seed %d: %s", i, seed, request.text())
          .isEqualTo(expected);
    }
    assertThat(items(fake.items(table)))
        .isEqualTo(items(local.scan(scan -> scan.tableName(table)).items()));
    local.deleteTable(delete -> delete.tableName(table));
  }

  @Test
  void endsPagesOfLargeItemsWhereDynamoDbLocalDoes() {
    DynamoDbClient local = LocalDynamoDb.client();
    FakeDynamoDb fake = new FakeDynamoDb();
    for (DynamoDbClient client : List.of(local, fake)) {
      client.createTable(definition(LARGE));
      for (int i = 0; i < 24; i++) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("pk", AttributeValue.fromS("p"));
        item.put("sk", AttributeValue.fromS("s" + (10 + i)));
        item.put("x", AttributeValue.fromS("x".repeat(40_000 + 1_000 * i)));
        client.putItem(put -> put.tableName(LARGE).item(item));
      }
    }
    assertThat(pages(fake)).isEqualTo(pages(local)).hasSizeGreaterThan(1);
  }

  private static List<Integer> pages(DynamoDbClient client) {
    return client
        .queryPaginator(
            query ->
                query
                    .tableName(LARGE)
                    .keyConditionExpression("pk = :p")
                    .expressionAttributeValues(Map.of(":p", AttributeValue.fromS("p"))))
        .stream()
        .map(QueryResponse::count)
        .toList();
  }

  private static CreateTableRequest definition(String table) {
    return CreateTableRequest.builder()
        .tableName(table)
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .keySchema(keyed("pk", KeyType.HASH), keyed("sk", KeyType.RANGE))
        .attributeDefinitions(
            typed("pk", ScalarAttributeType.S),
            typed("sk", ScalarAttributeType.S),
            typed("g", ScalarAttributeType.S),
            typed("h", ScalarAttributeType.N))
        .globalSecondaryIndexes(
            GlobalSecondaryIndex.builder()
                .indexName("by-g")
                .keySchema(keyed("g", KeyType.HASH), keyed("h", KeyType.RANGE))
                .projection(
                    of -> of.projectionType(ProjectionType.INCLUDE).nonKeyAttributes("a", "m"))
                .build())
        .build();
  }

  private static KeySchemaElement keyed(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static AttributeDefinition typed(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  // -- Answers as texts ---------------------------------------------------------------------------

  private static String outcome(DynamoDbClient client, RandomRequests.Request request) {
    try {
      return text(request.call().apply(client), request.ordered());
    } catch (TransactionCanceledException e) {
      return cancelled(e.cancellationReasons());
    } catch (ConditionalCheckFailedException e) {
      return "condition failed: " + item(e.item());
    } catch (DynamoDbException e) {
      return e.awsErrorDetails().errorCode();
    }
  }

  /** What does not fit an item is found by one before the conditions, by the other after them. */
  private static String cancelled(List<CancellationReason> reasons) {
    return reasons.stream().anyMatch(reason -> "ValidationError".equals(reason.code()))
        ? "ValidationException"
        : reasons.stream()
            .map(FakeDynamoDbDifferentialTest::text)
            .collect(Collectors.joining(", ", "cancelled [", "]"));
  }

  private static String text(CancellationReason reason) {
    return reason.code() + (reason.hasItem() ? item(reason.item()) : "");
  }

  private static String text(DynamoDbResponse response, boolean ordered) {
    if (response instanceof BatchGetItemResponse batch) {
      return batch.responses().values().stream()
          .map(FakeDynamoDbDifferentialTest::items)
          .toList()
          .toString();
    }
    if (response instanceof ScanResponse scan) {
      return scan.count() + " of " + scan.scannedCount() + items(scan.items());
    }
    if (response instanceof BatchExecuteStatementResponse batch) {
      return batch.responses().stream()
          .map(one -> one.error() == null ? "inserted" : one.error().codeAsString())
          .toList()
          .toString();
    }
    if (response instanceof QueryResponse query) {
      return query.count()
          + " of "
          + query.scannedCount()
          + (ordered ? listed(query.items()) : items(query.items()))
          + " to "
          + item(query.lastEvaluatedKey());
    }
    return sdkFields(response);
  }

  /** Everything that the answer has, with sets in order. */
  private static String sdkFields(DynamoDbResponse response) {
    return response.sdkFields().stream()
        .filter(field -> !field.memberName().equals("ConsumedCapacity"))
        .map(field -> field.memberName() + "=" + any(field.getValueOrDefault(response)))
        .sorted()
        .toList()
        .toString();
  }

  private static String any(Object value) {
    if (value instanceof AttributeValue attribute) {
      return text(attribute);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, String> all = new TreeMap<>();
      map.forEach((key, member) -> all.put(key.toString(), any(member)));
      return all.toString();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(FakeDynamoDbDifferentialTest::any).toList().toString();
    }
    if (value instanceof software.amazon.awssdk.core.SdkPojo pojo) {
      return pojo.sdkFields().stream()
          .map(field -> any(field.getValueOrDefault(pojo)))
          .toList()
          .toString();
    }
    return String.valueOf(value);
  }

  private static List<String> listed(List<Map<String, AttributeValue>> items) {
    return items.stream().map(FakeDynamoDbDifferentialTest::item).toList();
  }

  private static List<String> items(List<Map<String, AttributeValue>> items) {
    return items.stream().map(FakeDynamoDbDifferentialTest::item).sorted().toList();
  }

  private static String item(Map<String, AttributeValue> item) {
    Map<String, String> all = new TreeMap<>();
    item.forEach((name, value) -> all.put(name, text(value)));
    return all.toString();
  }

  private static String text(AttributeValue value) {
    return switch (value.type()) {
      case SS -> "SS" + new TreeSet<>(value.ss());
      case NS -> "NS" + new TreeSet<>(value.ns().stream().map(BigDecimal::new).toList());
      case BS -> "BS" + value.bs();
      case M -> "M" + item(value.m());
      case L -> "L" + new ArrayList<>(value.l()).stream().map(v -> text(v)).toList();
      case N -> "N" + new BigDecimal(value.n()).stripTrailingZeros();
      case S -> "S" + value.s();
      case B -> "B" + new BigInteger(1, value.b().asByteArray());
      default -> value.toString();
    };
  }
}
