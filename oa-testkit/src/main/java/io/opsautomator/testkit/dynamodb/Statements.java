package io.opsautomator.testkit.dynamodb;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementError;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementErrorCodeEnum;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/** PartiQL, as far as inserting: the one thing that a batch can do on a condition. */
final class Statements {
  private static final int MOST = 25;

  private final Tables tables;
  private final Meter meter;
  private final Writer writer;

  Statements(Tables tables, Meter meter, Writer writer) {
    this.tables = tables;
    this.meter = meter;
    this.writer = writer;
  }

  ExecuteStatementResponse execute(ExecuteStatementRequest request) {
    Plan plan = plan(request.statement(), request.parameters());
    Optional<ConsumedCapacity> consumed = insert(plan, request.returnConsumedCapacity());
    return ExecuteStatementResponse.builder()
        .consumedCapacity(consumed.orElse(null))
        .items(List.of())
        .build();
  }

  private Plan plan(String statement, List<AttributeValue> parameters) {
    Insertion insertion = Insertion.of(statement, parameters);
    return tables.plan(Writing.plain(Writing.Kind.PUT, insertion.table(), insertion.item()));
  }

  private Optional<ConsumedCapacity> insert(Plan plan, @Nullable ReturnConsumedCapacity wanted) {
    Optional<Map<String, AttributeValue>> before = plan.before();
    if (before.isPresent()) {
      Meter.Bill bill = new Meter.Bill(plan.table.name());
      Meter.change(bill, plan.table, before, before, false);
      meter.charge(bill, null);
      throw Refusals.duplicate();
    }
    return writer.write("ExecuteStatement", plan, wanted).consumed();
  }

  // -- Batches ------------------------------------------------------------------------------------

  BatchExecuteStatementResponse execute(BatchExecuteStatementRequest request) {
    List<BatchStatementRequest> statements = request.statements();
    if (statements.isEmpty() || statements.size() > MOST) {
      throw Refusals.validation("A batch has 1 to 25 statements, not " + statements.size());
    }
    checkDistinct(statements);
    List<BatchStatementResponse> responses = new ArrayList<>();
    List<ConsumedCapacity> consumed = new ArrayList<>();
    for (int i = 0; i < statements.size(); i++) {
      responses.add(
          tables.behaviour().handles("BatchExecuteStatement", i)
              ? response(statements.get(i), request.returnConsumedCapacity(), consumed)
              : failed(BatchStatementErrorCodeEnum.THROTTLING_ERROR, "Throttled", null));
    }
    return BatchExecuteStatementResponse.builder()
        .responses(responses)
        .consumedCapacity(consumed.isEmpty() ? null : consumed)
        .build();
  }

  private void checkDistinct(List<BatchStatementRequest> statements) {
    Set<List<Object>> keys = new HashSet<>();
    for (BatchStatementRequest statement : statements) {
      Insertion insertion = Insertion.of(statement.statement(), statement.parameters());
      Table table = tables.table(insertion.table());
      if (!keys.add(List.of(table.name(), table.shape().attributes(insertion.item())))) {
        throw Refusals.validation("Provided list of item keys contains duplicates");
      }
    }
  }

  private BatchStatementResponse response(
      BatchStatementRequest statement,
      @Nullable ReturnConsumedCapacity wanted,
      List<ConsumedCapacity> consumed) {
    String table = Insertion.of(statement.statement(), statement.parameters()).table();
    try {
      insert(plan(statement.statement(), statement.parameters()), wanted).ifPresent(consumed::add);
      return BatchStatementResponse.builder().tableName(table).build();
    } catch (DynamoDbException e) {
      return failed(e, table);
    }
  }

  private static BatchStatementResponse failed(DynamoDbException e, String table) {
    String message = e.awsErrorDetails().errorMessage();
    return switch (e.awsErrorDetails().errorCode()) {
      case "DuplicateItemException" ->
          failed(BatchStatementErrorCodeEnum.DUPLICATE_ITEM, message, table);
      case "ValidationException" ->
          failed(BatchStatementErrorCodeEnum.VALIDATION_ERROR, message, table);
      case "TransactionConflictException" ->
          failed(BatchStatementErrorCodeEnum.TRANSACTION_CONFLICT, message, table);
      default -> throw e;
    };
  }

  private static BatchStatementResponse failed(
      BatchStatementErrorCodeEnum code, String message, @Nullable String table) {
    return BatchStatementResponse.builder()
        .tableName(table)
        .error(BatchStatementError.builder().code(code).message(message).build())
        .build();
  }
}
