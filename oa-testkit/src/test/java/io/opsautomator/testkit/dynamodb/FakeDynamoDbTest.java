package io.opsautomator.testkit.dynamodb;

import static io.opsautomator.testkit.dynamodb.Samples.INDEX;
import static io.opsautomator.testkit.dynamodb.Samples.TABLE;
import static io.opsautomator.testkit.dynamodb.Samples.item;
import static io.opsautomator.testkit.dynamodb.Samples.key;
import static io.opsautomator.testkit.dynamodb.Samples.n;
import static io.opsautomator.testkit.dynamodb.Samples.put;
import static io.opsautomator.testkit.dynamodb.Samples.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementErrorCodeEnum;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Tables, queries, batches, transactions, limits, and what a behaviour may do. */
final class FakeDynamoDbTest {
  private final FakeDynamoDb fake = Samples.fake();

  private static void assertInvalid(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            DynamoDbException.class,
            e ->
                assertThat(e.awsErrorDetails().errorCode())
                    .as(e.getMessage())
                    .isEqualTo("ValidationException"));
  }

  private Map<String, AttributeValue> found(String pk, String sk) {
    return fake.getItem(get -> get.tableName(TABLE).key(key(pk, sk)).consistentRead(true)).item();
  }

  // -- Tables -------------------------------------------------------------------------------------

  @Test
  void tablesAreThereAtOnceAndOnce() {
    assertThat(fake.waiter().waitUntilTableExists(of -> of.tableName(TABLE)).matched().response())
        .isPresent();
    assertThat(fake.describeTable(of -> of.tableName(TABLE)).table().tableStatus())
        .isEqualTo(TableStatus.ACTIVE);
    assertThatThrownBy(() -> fake.createTable(Samples.table()))
        .isInstanceOf(ResourceInUseException.class);
    fake.deleteTable(of -> of.tableName(TABLE));
    assertThatThrownBy(() -> fake.describeTable(of -> of.tableName(TABLE)))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void whatItDoesNotKnowIsRefused() {
    assertThatThrownBy(() -> fake.updateTable(of -> of.tableName(TABLE)))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> fake.executeStatement(of -> of.statement("SELECT * FROM things")))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(
            () -> fake.getItem(of -> of.tableName(TABLE).key(key("p", "s")).attributesToGet("a")))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void keysAreThereOfTheirTypeAndNotEmpty() {
    assertInvalid(() -> fake.putItem(put -> put.tableName(TABLE).item(Map.of("pk", s("p")))));
    assertInvalid(() -> put(fake, "", "s"));
    assertInvalid(() -> put(fake, "p", "s".repeat(1025)));
    assertInvalid(() -> put(fake, "p", "s", "pk", n(1)));
    assertInvalid(() -> put(fake, "p", "s", "due", s("soon")));
    assertInvalid(() -> fake.getItem(get -> get.tableName(TABLE).key(item("p", "s", "x", n(1)))));
  }

  @Test
  void anItemHasAtMost400Kilobytes() {
    put(fake, "p", "s", "x", s("x".repeat(400 * 1024 - 7)));
    assertInvalid(() -> put(fake, "p", "s", "x", s("x".repeat(400 * 1024))));
    assertInvalid(
        () ->
            fake.updateItem(
                update ->
                    update.tableName(TABLE).key(key("p", "s")).updateExpression("SET y = x")));
    assertThat(found("p", "s")).doesNotContainKey("y");
  }

  @Test
  void numbersAreWhatTheyAreNotHowTheyAreWritten() {
    put(fake, "p", "s", "x", AttributeValue.fromN("1.500E2"));
    assertThat(found("p", "s")).containsEntry("x", n(150));
    assertInvalid(() -> put(fake, "p", "s", "x", AttributeValue.fromN("1e200")));
    assertInvalid(() -> put(fake, "p", "s", "x", AttributeValue.fromN("one")));
    assertInvalid(() -> put(fake, "p", "s", "x", AttributeValue.fromSs(List.of("a", "a"))));
  }

  // -- Queries ------------------------------------------------------------------------------------

  private void furnish() {
    IntStream.range(0, 9)
        .forEach(i -> put(fake, "p", "s" + i, "bin", s("x"), "due", n(i / 2), "n", n(i)));
    put(fake, "p", "t");
    put(fake, "q", "s5");
  }

  private QueryRequest.Builder query(String keys, AttributeValue... values) {
    QueryRequest.Builder query =
        QueryRequest.builder().tableName(TABLE).keyConditionExpression(keys);
    Map<String, AttributeValue> given = new java.util.HashMap<>();
    for (int i = 0; i < values.length; i++) {
      given.put(":" + i, values[i]);
    }
    return query.expressionAttributeValues(given);
  }

  private List<String> sorts(QueryRequest.Builder query) {
    return fake.queryPaginator(query.build()).items().stream()
        .map(item -> item.get("sk").s())
        .toList();
  }

  @Test
  void queriesPartsOfAPartitionInOrder() {
    furnish();
    assertThat(sorts(query("pk = :0 AND sk BETWEEN :1 AND :2", s("p"), s("s3"), s("s5"))))
        .containsExactly("s3", "s4", "s5");
    assertThat(sorts(query("pk = :0 AND sk > :1", s("p"), s("s7")))).containsExactly("s8", "t");
    assertThat(sorts(query("pk = :0 AND sk < :1", s("p"), s("s1")))).containsExactly("s0");
    assertThat(sorts(query("pk = :0 AND begins_with(sk, :1)", s("p"), s("s")))).hasSize(9);
    assertThat(sorts(query("sk >= :1 AND pk = :0", s("p"), s("s8")).scanIndexForward(false)))
        .containsExactly("t", "s8");
    assertThat(sorts(query("pk = :0", s("p")).limit(2))).hasSize(10).isSorted();
    assertThat(
            sorts(
                query("pk = :0", s("p"))
                    .filterExpression("n > :1")
                    .limit(3)
                    .expressionAttributeValues(Map.of(":0", s("p"), ":1", n(6)))))
        .containsExactly("s7", "s8");
  }

  @Test
  void anIndexHoldsWhatHasItsKeysAndPagesThroughEquals() {
    furnish();
    QueryRequest.Builder query = query("bin = :0 AND due <= :1", s("x"), n(2)).indexName(INDEX);
    assertThat(sorts(query)).hasSize(6);
    assertThat(sorts(query.limit(1))).hasSize(6).doesNotHaveDuplicates();
    assertThat(fake.query(query.limit(null).build()).items())
        .allSatisfy(item -> assertThat(item).containsOnlyKeys("pk", "sk", "bin", "due"));
    fake.updateItem(
        update -> update.tableName(TABLE).key(key("p", "s0")).updateExpression("REMOVE bin, due"));
    assertThat(sorts(query)).hasSize(5);
    assertInvalid(() -> fake.query(query.consistentRead(true).build()));
  }

  @Test
  void aPageEndsBehindOneMegabyte() {
    IntStream.range(0, 10).forEach(i -> put(fake, "p", "s" + i, "x", s("x".repeat(300_000))));
    QueryResponse page = fake.query(query("pk = :0", s("p")).build());
    assertThat(page.count()).isEqualTo(4);
    assertThat(page.lastEvaluatedKey()).isEqualTo(key("p", "s3"));
  }

  @Test
  void aScanMeetsEverythingOnceWhateverTheSegments() {
    IntStream.range(0, 40).forEach(i -> put(fake, "p" + i, "s"));
    List<String> met = new ArrayList<>();
    for (int segment = 0; segment < 3; segment++) {
      int which = segment;
      fake.scanPaginator(scan -> scan.tableName(TABLE).segment(which).totalSegments(3).limit(4))
          .items()
          .forEach(item -> met.add(item.get("pk").s()));
    }
    assertThat(met).hasSize(40).doesNotHaveDuplicates();
  }

  // -- Batches ------------------------------------------------------------------------------------

  @Test
  void batchesAreBounded() {
    assertInvalid(() -> fake.batchWriteItem(write -> write.requestItems(Map.of(TABLE, puts(26)))));
    fake.batchWriteItem(write -> write.requestItems(Map.of(TABLE, puts(25))));
    List<Map<String, AttributeValue>> keys =
        IntStream.range(0, 25).mapToObj(i -> key("p" + i, "s")).toList();
    KeysAndAttributes wanted = KeysAndAttributes.builder().keys(keys).build();
    assertThat(
            fake.batchGetItem(get -> get.requestItems(Map.of(TABLE, wanted)))
                .responses()
                .get(TABLE))
        .hasSize(25);
    List<WriteRequest> twice = List.of(puts(1).get(0), puts(1).get(0));
    assertInvalid(() -> fake.batchWriteItem(write -> write.requestItems(Map.of(TABLE, twice))));
  }

  private static List<WriteRequest> puts(int number) {
    return IntStream.range(0, number)
        .mapToObj(
            i -> WriteRequest.builder().putRequest(put -> put.item(item("p" + i, "s"))).build())
        .toList();
  }

  @Test
  void ofABatchOfInsertionsEachIsMadeOrNot() {
    put(fake, "p", "there");
    BatchStatementRequest first =
        BatchStatementRequest.builder()
            .statement("INSERT INTO \"things\" VALUE {'pk': 'p', 'sk': 'there'}")
            .build();
    BatchStatementRequest second =
        BatchStatementRequest.builder()
            .statement("insert into \"things\" value {'pk': ?, 'sk': 'it''s', 'l': [1, ?]}")
            .parameters(s("p"), s("x"))
            .build();
    var answer = fake.batchExecuteStatement(batch -> batch.statements(first, second));
    assertThat(answer.responses().get(0).error().code())
        .isEqualTo(BatchStatementErrorCodeEnum.DUPLICATE_ITEM);
    assertThat(found("p", "it's")).containsEntry("l", Samples.l(n(1), s("x")));
  }

  // -- Transactions -------------------------------------------------------------------------------

  private static TransactWriteItem insertion(String sk) {
    return TransactWriteItem.builder()
        .put(
            put ->
                put.tableName(TABLE)
                    .item(item("p", sk))
                    .conditionExpression("attribute_not_exists(pk)")
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD))
        .build();
  }

  private static TransactWriteItemsRequest transaction(String token, TransactWriteItem... items) {
    return TransactWriteItemsRequest.builder()
        .transactItems(items)
        .clientRequestToken(token)
        .build();
  }

  @Test
  void aTransactionIsMadeWholeOrNotAtAll() {
    put(fake, "p", "there", "x", n(1));
    assertThatThrownBy(
            () -> fake.transactWriteItems(transaction("t", insertion("a"), insertion("there"))))
        .isInstanceOfSatisfying(
            TransactionCanceledException.class,
            e -> {
              assertThat(e.cancellationReasons())
                  .extracting(CancellationReason::code)
                  .containsExactly("None", "ConditionalCheckFailed");
              assertThat(e.cancellationReasons().get(1).item()).containsEntry("x", n(1));
            });
    assertThat(found("p", "a")).isEmpty();
  }

  @Test
  void aTokenMakesATransactionOnce() {
    fake.transactWriteItems(transaction("t", insertion("a"), insertion("b")));
    fake.transactWriteItems(transaction("t", insertion("a"), insertion("b")));
    assertThatThrownBy(() -> fake.transactWriteItems(transaction("t", insertion("c"))))
        .isInstanceOf(IdempotentParameterMismatchException.class);
    fake.forgetTokens();
    assertThatThrownBy(
            () -> fake.transactWriteItems(transaction("t", insertion("a"), insertion("b"))))
        .isInstanceOf(TransactionCanceledException.class);
    assertInvalid(() -> fake.transactWriteItems(transaction("u", insertion("c"), insertion("c"))));
  }

  // -- Behaviours ---------------------------------------------------------------------------------

  /** Shows no change until told to, leaves every second request, and is in the way at will. */
  private static final class Lagging implements Behaviour {
    private boolean shows;
    private boolean conflicts;
    private final List<List<Change>> told = new ArrayList<>();

    @Override
    public boolean shows(Optional<String> index, Change change) {
      return shows;
    }

    @Override
    public boolean handles(String operation, int position) {
      return position % 2 == 0;
    }

    @Override
    public boolean conflicts(String operation, String table) {
      return conflicts;
    }

    @Override
    public void changed(List<Change> changes) {
      told.add(changes);
    }
  }

  @Test
  void readsMayLagBehindUnlessTheyAreConsistent() {
    Lagging lagging = new Lagging();
    FakeDynamoDb late = Samples.fake(lagging);
    put(late, "p", "a", "bin", s("x"), "due", n(1));
    QueryRequest query = query("bin = :0", s("x")).indexName(INDEX).build();
    assertThat(late.query(query).items()).isEmpty();
    assertThat(late.getItem(get -> get.tableName(TABLE).key(key("p", "a"))).hasItem()).isFalse();
    assertThat(late.query(query("pk = :0", s("p")).consistentRead(true).build()).count())
        .isEqualTo(1);
    lagging.shows = true;
    assertThat(late.query(query).items()).hasSize(1);
    late.deleteItem(delete -> delete.tableName(TABLE).key(key("p", "a")));
    lagging.shows = false;
    assertThat(late.query(query).items()).isEmpty(); // as of before the first of the changes
  }

  @Test
  void aBehaviourLeavesPartsOfBatchesAndIsInTheWay() {
    Lagging lagging = new Lagging();
    FakeDynamoDb busy = Samples.fake(lagging);
    var left = busy.batchWriteItem(write -> write.requestItems(Map.of(TABLE, puts(5))));
    assertThat(left.unprocessedItems().get(TABLE)).hasSize(2);
    lagging.conflicts = true;
    assertThatThrownBy(() -> put(busy, "p", "s")).isInstanceOf(TransactionConflictException.class);
    assertThatThrownBy(() -> busy.transactWriteItems(transaction("t", insertion("a"))))
        .isInstanceOf(TransactionCanceledException.class)
        .hasMessageContaining("TransactionConflict");
    lagging.conflicts = false;
    busy.transactWriteItems(transaction("t", insertion("a"), insertion("b")));
    assertThat(lagging.told)
        .last()
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .hasSize(2);
  }

  // -- Costs --------------------------------------------------------------------------------------

  @Test
  void countsCallsAndUnits() {
    Usage before = fake.usage();
    put(fake, "p", "s", "x", s("x".repeat(1500)), "bin", s("a"), "due", n(1));
    Usage inserted = fake.usage().since(before);
    assertThat(inserted.calls()).isEqualTo(Map.of("PutItem", 1L));
    assertThat(inserted.writes()).isEqualTo(2 + 1);
    fake.transactWriteItems(transaction("t", insertion("a")));
    assertThat(fake.usage().since(before).writes()).isEqualTo(3 + 2);
    fake.getItem(get -> get.tableName(TABLE).key(key("p", "s")));
    found("p", "s");
    assertThat(fake.usage().reads()).isEqualTo(1.5);
    assertThat(
            fake.updateItem(
                    update ->
                        update
                            .tableName(TABLE)
                            .key(key("p", "s"))
                            .updateExpression("SET due = :d")
                            .expressionAttributeValues(Map.of(":d", n(2)))
                            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
                .consumedCapacity()
                .capacityUnits())
        .isEqualTo(2 + 2);
  }
}
