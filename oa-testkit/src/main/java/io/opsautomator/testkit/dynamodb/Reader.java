package io.opsautomator.testkit.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.Get;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;

/** Reads. */
final class Reader {
  private static final int MOST_IN_TRANSACTION = 100;

  private final Tables tables;
  private final Meter meter;

  Reader(Tables tables, Meter meter) {
    this.tables = tables;
    this.meter = meter;
  }

  GetItemResponse get(GetItemRequest request) {
    legacy(request.hasAttributesToGet());
    Table table = tables.table(request.tableName());
    boolean consistent = Boolean.TRUE.equals(request.consistentRead());
    Optional<List<Path>> paths =
        paths(table, request.projectionExpression(), request.expressionAttributeNames());
    Key key = table.shape().checkedKey(request.key());
    Optional<Map<String, AttributeValue>> item = find(table, key, consistent);
    Meter.Bill bill = new Meter.Bill(table.name());
    bill.read(units(item, consistent));
    return GetItemResponse.builder()
        .item(item.map(found -> projected(found, paths)).orElse(null))
        .consumedCapacity(meter.charge(bill, request.returnConsumedCapacity()).orElse(null))
        .build();
  }

  Optional<Map<String, AttributeValue>> find(Table table, Key key, boolean consistent) {
    return consistent ? table.find(key) : table.find(key, tables.behaviour());
  }

  static double units(Optional<Map<String, AttributeValue>> item, boolean consistent) {
    return Meter.readUnits(item.map(Values::size).orElse(0), consistent);
  }

  static Optional<List<Path>> paths(
      Table table, @Nullable String projection, Map<String, String> names) {
    if (projection == null && !names.isEmpty()) {
      throw Refusals.validation(
          "ExpressionAttributeNames can only be specified when using expressions");
    }
    Placeholders given = new Placeholders(table, names, Map.of());
    Optional<List<Path>> paths =
        Optional.ofNullable(projection).map(text -> Parser.projection(text, given));
    given.checkUsed();
    return paths;
  }

  static Map<String, AttributeValue> projected(
      Map<String, AttributeValue> item, Optional<List<Path>> paths) {
    return paths.map(some -> Projection.of(item, some)).orElse(item);
  }

  static void legacy(boolean used) {
    if (used) {
      throw new UnsupportedOperationException(
          "parameters of before expressions are not known here");
    }
  }

  // -- Several items ------------------------------------------------------------------------------

  TransactGetItemsResponse transactGet(TransactGetItemsRequest request) {
    List<TransactGetItem> items = request.transactItems();
    if (items.isEmpty() || items.size() > MOST_IN_TRANSACTION) {
      throw Refusals.validation("1 to 100 items can be read in a transaction: " + items.size());
    }
    if (items.stream().map(item -> item.get().key()).distinct().count() < items.size()) {
      throw Refusals.validation(
          "Transaction request cannot include multiple operations on one item");
    }
    List<ItemResponse> responses = new ArrayList<>();
    List<ConsumedCapacity> consumed = new ArrayList<>();
    for (TransactGetItem item : items) {
      Get get = item.get();
      Table table = tables.table(get.tableName());
      Optional<List<Path>> paths =
          paths(table, get.projectionExpression(), get.expressionAttributeNames());
      Optional<Map<String, AttributeValue>> found = table.find(table.shape().checkedKey(get.key()));
      Meter.Bill bill = new Meter.Bill(table.name());
      bill.read(2 * units(found, true));
      meter.charge(bill, request.returnConsumedCapacity()).ifPresent(consumed::add);
      responses.add(
          ItemResponse.builder()
              .item(found.map(one -> projected(one, paths)).orElse(null))
              .build());
    }
    return TransactGetItemsResponse.builder()
        .responses(responses)
        .consumedCapacity(consumed.isEmpty() ? null : consumed)
        .build();
  }

  QueryResponse query(QueryRequest request) {
    legacy(request.hasKeyConditions() || request.hasQueryFilter() || request.hasAttributesToGet());
    Walk walk = Walk.of(tables, request);
    walk.go();
    return QueryResponse.builder()
        .items(walk.items())
        .count(walk.count())
        .scannedCount(walk.scanned())
        .lastEvaluatedKey(walk.last())
        .consumedCapacity(meter.charge(walk.bill(), request.returnConsumedCapacity()).orElse(null))
        .build();
  }

  ScanResponse scan(ScanRequest request) {
    legacy(request.hasScanFilter() || request.hasAttributesToGet());
    Walk walk = Walk.of(tables, request);
    walk.go();
    return ScanResponse.builder()
        .items(walk.items())
        .count(walk.count())
        .scannedCount(walk.scanned())
        .lastEvaluatedKey(walk.last())
        .consumedCapacity(meter.charge(walk.bill(), request.returnConsumedCapacity()).orElse(null))
        .build();
  }
}
