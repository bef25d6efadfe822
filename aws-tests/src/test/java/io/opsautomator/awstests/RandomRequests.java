package io.opsautomator.awstests;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Requests at random, to one table, for any client that takes them. */
final class RandomRequests {
  private static final String INDEX = "by-g";

  private final Random random;
  private final String table;
  private final RandomTransactions transactions;
  private Map<String, AttributeValue> last = Map.of();

  RandomRequests(Random random, String table) {
    this.random = random;
    this.table = table;
    this.transactions = new RandomTransactions(random, table);
  }

  /**
   * One request, to be made of several clients.
   *
   * @param text what it is, for people
   * @param ordered whether what it answers has an order
   */
  record Request(String text, boolean ordered, Function<DynamoDbClient, DynamoDbResponse> call) {}

  static Request of(DynamoDbRequest request, Function<DynamoDbClient, DynamoDbResponse> call) {
    return new Request(request.toString(), true, call);
  }

  private boolean in(int percent) {
    return random.nextInt(100) < percent;
  }

  @SafeVarargs
  private <T> T oneOf(T... all) {
    return all[random.nextInt(all.length)];
  }

  Request next() {
    return switch (random.nextInt(16)) {
      case 0, 1 -> put();
      case 2, 3, 4, 5, 6 -> update();
      case 7 -> delete();
      case 8 -> get();
      case 9, 10 -> query();
      case 11 -> scan();
      case 12 -> in(50) ? batchGet() : batchWrite();
      case 13, 14 -> transactions.next();
      default -> in(40) ? transactGet() : statements();
    };
  }

  /** Names and values as maps, left out where there are none. */
  static void given(
      RandomExpressions given,
      BiConsumer<Map<String, String>, Map<String, AttributeValue>> target) {
    target.accept(
        given.names().isEmpty() ? null : given.names(),
        given.values().isEmpty() ? null : given.values());
  }

  private RandomExpressions expressions() {
    return new RandomExpressions(random);
  }

  static ReturnValuesOnConditionCheckFailure onFailure(Random random) {
    return random.nextBoolean() ? null : ReturnValuesOnConditionCheckFailure.ALL_OLD;
  }

  // -- Single items -------------------------------------------------------------------------------

  private Request put() {
    RandomExpressions given = expressions();
    PutItemRequest.Builder put =
        PutItemRequest.builder()
            .tableName(table)
            .item(given.item())
            .returnValues(oneOf(null, ReturnValue.ALL_OLD))
            .returnValuesOnConditionCheckFailure(onFailure(random));
    if (in(50)) {
      put.conditionExpression(given.condition(1));
    }
    given(
        given,
        (names, values) -> put.expressionAttributeNames(names).expressionAttributeValues(values));
    PutItemRequest request = put.build();
    return of(request, client -> client.putItem(request));
  }

  private Request update() {
    RandomExpressions given = expressions();
    String expression = given.update();
    boolean parts = !expression.matches(".*(\\w[.]|\\[|ADD |DELETE ).*");
    UpdateItemRequest.Builder update =
        UpdateItemRequest.builder()
            .tableName(table)
            .key(given.key())
            .returnValues(parts ? oneOf(RETURNED) : oneOf(WHOLE))
            .returnValuesOnConditionCheckFailure(onFailure(random));
    update.updateExpression(expression); // Without one, DynamoDB Local breaks.
    if (in(40)) {
      update.conditionExpression(given.condition(1));
    }
    if (in(2)) {
      given.addUnused();
    }
    given(
        given,
        (names, values) ->
            update.expressionAttributeNames(names).expressionAttributeValues(values));
    UpdateItemRequest request = update.build();
    return of(request, client -> client.updateItem(request));
  }

  /** Where parts of attributes are updated, DynamoDB Local answers all of them. */
  private static final ReturnValue[] WHOLE = {null, ReturnValue.ALL_OLD, ReturnValue.ALL_NEW};

  private static final ReturnValue[] RETURNED = {
    null,
    ReturnValue.NONE,
    ReturnValue.ALL_OLD,
    ReturnValue.ALL_NEW,
    ReturnValue.UPDATED_OLD,
    ReturnValue.UPDATED_NEW
  };

  private Request delete() {
    RandomExpressions given = expressions();
    DeleteItemRequest.Builder delete =
        DeleteItemRequest.builder()
            .tableName(table)
            .key(given.key())
            .returnValues(oneOf(null, ReturnValue.ALL_OLD))
            .returnValuesOnConditionCheckFailure(onFailure(random));
    if (in(60)) {
      delete.conditionExpression(given.condition(2));
    }
    given(
        given,
        (names, values) ->
            delete.expressionAttributeNames(names).expressionAttributeValues(values));
    DeleteItemRequest request = delete.build();
    return of(request, client -> client.deleteItem(request));
  }

  private Request get() {
    RandomExpressions given = expressions();
    GetItemRequest.Builder get =
        GetItemRequest.builder().tableName(table).key(given.key()).consistentRead(in(50));
    if (in(60)) {
      get.projectionExpression(given.projection());
    }
    given(given, (names, values) -> get.expressionAttributeNames(names));
    GetItemRequest request = get.build();
    return of(request, client -> client.getItem(request));
  }

  // -- Many items ---------------------------------------------------------------------------------

  /** Pages of the table only: of an index, items that share a range value have no order. */
  private Request query() {
    RandomExpressions given = expressions();
    boolean index = in(40);
    QueryRequest.Builder query =
        QueryRequest.builder()
            .tableName(table)
            .indexName(index ? INDEX : null)
            .keyConditionExpression(given.keys(index))
            .consistentRead(in(index ? 2 : 50))
            .scanIndexForward(oneOf(null, true, false))
            .select(in(80) ? null : oneOf(SELECTED))
            .limit(index || in(60) ? null : 1 + random.nextInt(4));
    if (in(40)) {
      query.filterExpression(given.condition(1));
    }
    if (in(20)) {
      query.projectionExpression(given.projection());
    }
    if (!index && in(20) && !last.isEmpty()) {
      query.exclusiveStartKey(last);
    }
    given(
        given,
        (names, values) -> query.expressionAttributeNames(names).expressionAttributeValues(values));
    QueryRequest request = query.build();
    return new Request(
        request.toString(),
        !index,
        client -> {
          var answer = client.query(request);
          if (answer.hasLastEvaluatedKey()) {
            last = answer.lastEvaluatedKey();
          }
          return answer;
        });
  }

  private static final Select[] SELECTED = {
    Select.ALL_ATTRIBUTES, Select.ALL_PROJECTED_ATTRIBUTES, Select.COUNT, Select.SPECIFIC_ATTRIBUTES
  };

  /** Without pages: their order is the service's own. */
  private Request scan() {
    RandomExpressions given = expressions();
    boolean index = in(30);
    ScanRequest.Builder scan =
        ScanRequest.builder().tableName(table).indexName(index ? INDEX : null);
    if (!index && in(60)) { // DynamoDB Local filters by what the index does not show.
      scan.filterExpression(given.condition(2));
    }
    if (in(20)) {
      scan.projectionExpression(given.projection());
    }
    given(
        given,
        (names, values) -> scan.expressionAttributeNames(names).expressionAttributeValues(values));
    ScanRequest request = scan.build();
    return of(request, client -> client.scan(request));
  }

  private Request batchGet() {
    RandomExpressions given = expressions();
    List<Map<String, AttributeValue>> keys = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      keys.add(given.key());
    }
    BatchGetItemRequest request =
        BatchGetItemRequest.builder()
            .requestItems(
                Map.of(table, KeysAndAttributes.builder().keys(keys).consistentRead(true).build()))
            .build();
    return of(request, client -> client.batchGetItem(request));
  }

  private Request batchWrite() {
    RandomExpressions given = expressions();
    List<WriteRequest> writes = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      WriteRequest.Builder write = WriteRequest.builder();
      writes.add(
          (in(50)
                  ? write.putRequest(put -> put.item(given.item()))
                  : write.deleteRequest(delete -> delete.key(given.key())))
              .build());
    }
    BatchWriteItemRequest request =
        BatchWriteItemRequest.builder().requestItems(Map.of(table, writes)).build();
    return of(request, client -> client.batchWriteItem(request));
  }

  private Request transactGet() {
    RandomExpressions given = expressions();
    List<TransactGetItem> items = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      items.add(
          TransactGetItem.builder().get(get -> get.tableName(table).key(given.goodKey())).build());
    }
    TransactGetItemsRequest request =
        TransactGetItemsRequest.builder().transactItems(items).build();
    return of(request, client -> client.transactGetItems(request));
  }

  /** Inserts, with their values as parameters. */
  private Request statements() {
    RandomExpressions given = expressions();
    List<BatchStatementRequest> statements = new ArrayList<>();
    Set<List<AttributeValue>> keys = new HashSet<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      Map<String, AttributeValue> item = new LinkedHashMap<>(given.item());
      if (!keys.add(List.of(item.get("pk"), item.getOrDefault("sk", item.get("pk"))))) {
        continue;
      }
      List<String> members = item.keySet().stream().map(name -> "'" + name + "': ?").toList();
      statements.add(
          BatchStatementRequest.builder()
              .statement("INSERT INTO \"" + table + "\" VALUE {" + String.join(", ", members) + "}")
              .parameters(item.values())
              .build());
    }
    BatchExecuteStatementRequest request =
        BatchExecuteStatementRequest.builder().statements(statements).build();
    return of(request, client -> client.batchExecuteStatement(request));
  }
}
