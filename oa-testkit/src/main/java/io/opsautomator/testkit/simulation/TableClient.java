package io.opsautomator.testkit.simulation;

import io.opsautomator.store.StoreException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * The client of one process: with a seam at every call, and the exceptions of the SDK for what goes
 * wrong there, once the SDK itself has given up. What the store does not use is not here.
 */
final class TableClient implements DynamoDbClient {
  private final DynamoDbClient shared;
  private final Node node;
  private final Seams seams;
  private final SimulatedTable table;
  private int failures;

  TableClient(DynamoDbClient shared, Node node, Seams seams, SimulatedTable table) {
    this.shared = shared;
    this.node = node;
    this.seams = seams;
    this.table = table;
  }

  private <T> T write(String what, Supplier<T> call) {
    AtomicBoolean reached = new AtomicBoolean();
    Supplier<T> served =
        () -> {
          reached.set(true);
          return table.served(node, what, call);
        };
    try {
      return seams.write(node, what, served);
    } catch (StoreException e) {
      throw reached.get() ? lost(e) : turnedAway(e);
    }
  }

  private <T> T read(String what, Supplier<T> call) {
    try {
      return seams.read(node, what, call);
    } catch (StoreException e) {
      throw turnedAway(e);
    }
  }

  /** Nothing was done: in turn a time-out, too many requests, an error of the service. */
  private SdkException turnedAway(StoreException why) {
    return switch (failures++ % 3) {
      case 0 -> SdkClientException.create("simulated: no connection", why);
      case 1 -> refused(400, "ThrottlingException", why);
      default -> refused(500, "InternalServerError", why);
    };
  }

  /** It was done, and nobody knows. */
  private SdkException lost(StoreException why) {
    return failures++ % 2 == 0
        ? SdkClientException.create("simulated: no answer", why)
        : refused(500, "InternalServerError", why);
  }

  private static SdkException refused(int status, String code, StoreException why) {
    AwsErrorDetails details =
        AwsErrorDetails.builder().errorCode(code).errorMessage("simulated").build();
    return DynamoDbException.builder()
        .statusCode(status)
        .awsErrorDetails(details)
        .cause(why)
        .build();
  }

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    return read("GetItem", () -> shared.getItem(request));
  }

  @Override
  public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    return read("BatchGetItem", () -> shared.batchGetItem(request));
  }

  /** Reads of the index come in dozens, and change nothing: most of them have no seam. */
  @Override
  public QueryResponse query(QueryRequest request) {
    if (request.indexName() != null) {
      return table.late(request, shared::query);
    }
    return read("Query", () -> shared.query(request));
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    return write("PutItem", () -> shared.putItem(request));
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    return write("UpdateItem", () -> shared.updateItem(request));
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    return write("DeleteItem", () -> shared.deleteItem(request));
  }

  @Override
  public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
    return write("BatchWriteItem", () -> shared.batchWriteItem(request));
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    return write("TransactWriteItems", () -> shared.transactWriteItems(request));
  }

  @Override
  public BatchExecuteStatementResponse batchExecuteStatement(BatchExecuteStatementRequest request) {
    return write("BatchExecuteStatement", () -> shared.batchExecuteStatement(request));
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {
    // The world goes on without the process that closes it.
  }
}
