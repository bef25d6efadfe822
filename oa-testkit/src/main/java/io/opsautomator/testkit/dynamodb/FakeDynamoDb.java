package io.opsautomator.testkit.dynamodb;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbServiceClientConfiguration;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveResponse;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTablesResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveResponse;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;

/**
 * DynamoDB in memory: tables, items, sparse indexes, conditions, updates, queries, batches and
 * transactions, with the limits and the errors of the service.
 *
 * <p>It has neither threads nor a clock: tables are there at once, nothing expires, and request
 * tokens are kept until {@link #forgetTokens}. What the service does on its own account - reads
 * that lag behind, batches that are left in part, conflicts - does a {@link Behaviour}. It may be
 * used by any number of threads; one call goes on at a time. Error codes are those of the service,
 * texts need not be. What it does not know - streams, local indexes, parameters of before
 * expressions, PartiQL beyond {@code INSERT} - is refused with an {@link
 * UnsupportedOperationException}.
 */
public final class FakeDynamoDb implements DynamoDbClient {
  /** Of how many of the latest changes of a table a read can be kept in the dark. */
  public static final int REMEMBERED = 100;

  private final Tables tables;
  private final Meter meter = new Meter();
  private final Reader reader;
  private final Writer writer;
  private final Batches batches;
  private final Transactions transactions;
  private final Statements statements;

  public FakeDynamoDb() {
    this(Behaviour.PLAIN);
  }

  public FakeDynamoDb(Behaviour behaviour) {
    this.tables = new Tables(behaviour);
    this.reader = new Reader(tables, meter);
    this.writer = new Writer(tables, meter);
    this.batches = new Batches(tables, meter, reader, writer);
    this.transactions = new Transactions(tables, meter, writer);
    this.statements = new Statements(tables, meter, writer);
  }

  private synchronized <T> T call(String operation, Supplier<T> body) {
    meter.call(operation);
    return body.get();
  }

  // -- What a test may ask ------------------------------------------------------------------------

  /** All calls so far, and what they would cost. */
  public synchronized Usage usage() {
    return meter.usage();
  }

  /** The request tokens of earlier transactions are not known any more, as after ten minutes. */
  public synchronized void forgetTokens() {
    transactions.forgetTokens();
  }

  /** All items of a table as they are now, whatever a read would show; no call is counted. */
  public synchronized List<Map<String, AttributeValue>> items(String table) {
    return tables.table(table).items();
  }

  // -- Tables -------------------------------------------------------------------------------------

  @Override
  public CreateTableResponse createTable(CreateTableRequest request) {
    return call(
        "CreateTable",
        () -> CreateTableResponse.builder().tableDescription(tables.create(request)).build());
  }

  @Override
  public DescribeTableResponse describeTable(DescribeTableRequest request) {
    return call(
        "DescribeTable",
        () -> DescribeTableResponse.builder().table(tables.describe(request.tableName())).build());
  }

  @Override
  public DeleteTableResponse deleteTable(DeleteTableRequest request) {
    return call(
        "DeleteTable",
        () ->
            DeleteTableResponse.builder()
                .tableDescription(tables.delete(request.tableName()))
                .build());
  }

  @Override
  public ListTablesResponse listTables(ListTablesRequest request) {
    return call(
        "ListTables", () -> ListTablesResponse.builder().tableNames(tables.all().keySet()).build());
  }

  @Override
  public UpdateTimeToLiveResponse updateTimeToLive(UpdateTimeToLiveRequest request) {
    return call(
        "UpdateTimeToLive",
        () ->
            UpdateTimeToLiveResponse.builder()
                .timeToLiveSpecification(
                    tables.expire(request.tableName(), request.timeToLiveSpecification()))
                .build());
  }

  @Override
  public DescribeTimeToLiveResponse describeTimeToLive(DescribeTimeToLiveRequest request) {
    return call(
        "DescribeTimeToLive",
        () ->
            DescribeTimeToLiveResponse.builder()
                .timeToLiveDescription(tables.expiry(request.tableName()))
                .build());
  }

  @Override
  public UpdateContinuousBackupsResponse updateContinuousBackups(
      UpdateContinuousBackupsRequest request) {
    boolean on = request.pointInTimeRecoverySpecification().pointInTimeRecoveryEnabled();
    return call(
        "UpdateContinuousBackups",
        () ->
            UpdateContinuousBackupsResponse.builder()
                .continuousBackupsDescription(tables.backUp(request.tableName(), on))
                .build());
  }

  @Override
  public DescribeContinuousBackupsResponse describeContinuousBackups(
      DescribeContinuousBackupsRequest request) {
    return call(
        "DescribeContinuousBackups",
        () ->
            DescribeContinuousBackupsResponse.builder()
                .continuousBackupsDescription(tables.backups(request.tableName()))
                .build());
  }

  // -- Items --------------------------------------------------------------------------------------

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    return call("GetItem", () -> reader.get(request));
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    return call("PutItem", () -> writer.put(request));
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    return call("UpdateItem", () -> writer.update(request));
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    return call("DeleteItem", () -> writer.delete(request));
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    return call("Query", () -> reader.query(request));
  }

  @Override
  public ScanResponse scan(ScanRequest request) {
    return call("Scan", () -> reader.scan(request));
  }

  @Override
  public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    return call("BatchGetItem", () -> batches.get(request));
  }

  @Override
  public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
    return call("BatchWriteItem", () -> batches.write(request));
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    return call("TransactWriteItems", () -> transactions.write(request));
  }

  @Override
  public TransactGetItemsResponse transactGetItems(TransactGetItemsRequest request) {
    return call("TransactGetItems", () -> reader.transactGet(request));
  }

  @Override
  public ExecuteStatementResponse executeStatement(ExecuteStatementRequest request) {
    return call("ExecuteStatement", () -> statements.execute(request));
  }

  @Override
  public BatchExecuteStatementResponse batchExecuteStatement(BatchExecuteStatementRequest request) {
    return call("BatchExecuteStatement", () -> statements.execute(request));
  }

  // -- The client itself --------------------------------------------------------------------------

  @Override
  public DynamoDbWaiter waiter() {
    return DynamoDbWaiter.builder().client(this).build();
  }

  @Override
  public DynamoDbServiceClientConfiguration serviceClientConfiguration() {
    return DynamoDbServiceClientConfiguration.builder().build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {
    // Others may use the same fake, and there is nothing to close.
  }
}
