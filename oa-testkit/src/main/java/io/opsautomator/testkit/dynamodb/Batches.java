package io.opsautomator.testkit.dynamodb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Reads and unconditional writes of several items at once; what is not handled is handed back. */
final class Batches {
  private static final int MOST_READS = 100;
  private static final int MOST_WRITES = 25;
  private static final int LARGEST_ANSWER = 16 * 1024 * 1024;

  private final Tables tables;
  private final Meter meter;
  private final Reader reader;
  private final Writer writer;

  Batches(Tables tables, Meter meter, Reader reader, Writer writer) {
    this.tables = tables;
    this.meter = meter;
    this.reader = reader;
    this.writer = writer;
  }

  // -- Reads --------------------------------------------------------------------------------------

  /** What is found of one table, and what is left. */
  private final class Found {
    private final Table table;
    private final KeysAndAttributes wanted;
    private final boolean consistent;
    private final Optional<List<Path>> paths;
    private final Meter.Bill bill;
    private final List<Map<String, AttributeValue>> items = new ArrayList<>();
    private final List<Map<String, AttributeValue>> left = new ArrayList<>();

    Found(String name, KeysAndAttributes wanted) {
      Reader.legacy(wanted.hasAttributesToGet());
      this.table = tables.table(name);
      this.wanted = wanted;
      this.consistent = Boolean.TRUE.equals(wanted.consistentRead());
      this.paths =
          Reader.paths(table, wanted.projectionExpression(), wanted.expressionAttributeNames());
      this.bill = new Meter.Bill(table.name());
      List<Key> keys = wanted.keys().stream().map(table.shape()::checkedKey).toList();
      if (keys.stream().distinct().count() < keys.size()) {
        throw Refusals.validation("Provided list of item keys contains duplicates");
      }
    }

    /** How many bytes were read. */
    int read(Map<String, AttributeValue> attributes) {
      Key key = table.shape().checkedKey(attributes);
      Optional<Map<String, AttributeValue>> item = reader.find(table, key, consistent);
      bill.read(Reader.units(item, consistent));
      item.ifPresent(found -> items.add(Reader.projected(found, paths)));
      return item.map(Values::size).orElse(0);
    }
  }

  BatchGetItemResponse get(BatchGetItemRequest request) {
    List<Found> all = new ArrayList<>();
    request.requestItems().forEach((name, wanted) -> all.add(new Found(name, wanted)));
    int keys = all.stream().mapToInt(found -> found.wanted.keys().size()).sum();
    if (keys == 0 || keys > MOST_READS) {
      throw Refusals.validation("1 to 100 items can be read in a batch, not " + keys);
    }
    read(all);
    Map<String, List<Map<String, AttributeValue>>> responses = new LinkedHashMap<>();
    Map<String, KeysAndAttributes> left = new LinkedHashMap<>();
    List<ConsumedCapacity> consumed = new ArrayList<>();
    for (Found found : all) {
      responses.put(found.table.name(), found.items);
      if (!found.left.isEmpty()) {
        left.put(found.table.name(), found.wanted.toBuilder().keys(found.left).build());
      }
      meter.charge(found.bill, request.returnConsumedCapacity()).ifPresent(consumed::add);
    }
    return BatchGetItemResponse.builder()
        .responses(responses)
        .unprocessedKeys(left)
        .consumedCapacity(consumed.isEmpty() ? null : consumed)
        .build();
  }

  private void read(List<Found> all) {
    int position = 0;
    int bytes = 0;
    for (Found found : all) {
      for (Map<String, AttributeValue> key : found.wanted.keys()) {
        boolean handled = tables.behaviour().handles("BatchGetItem", position++);
        if (handled && bytes < LARGEST_ANSWER) {
          bytes += found.read(key);
        } else {
          found.left.add(key);
        }
      }
    }
  }

  // -- Writes -------------------------------------------------------------------------------------

  private record Asked(Plan plan, WriteRequest request) {}

  BatchWriteItemResponse write(BatchWriteItemRequest request) {
    List<Asked> all = new ArrayList<>();
    request
        .requestItems()
        .forEach((name, some) -> some.forEach(one -> all.add(new Asked(plan(name, one), one))));
    check(all);
    Map<String, List<WriteRequest>> left = new LinkedHashMap<>();
    Map<String, Meter.Bill> bills = new LinkedHashMap<>();
    int position = 0;
    for (Asked asked : all) {
      String name = asked.plan().table.name();
      if (tables.behaviour().handles("BatchWriteItem", position++)) {
        write(asked.plan(), bills.computeIfAbsent(name, Meter.Bill::new));
      } else {
        left.computeIfAbsent(name, any -> new ArrayList<>()).add(asked.request());
      }
    }
    List<ConsumedCapacity> consumed = new ArrayList<>();
    bills
        .values()
        .forEach(
            bill -> meter.charge(bill, request.returnConsumedCapacity()).ifPresent(consumed::add));
    return BatchWriteItemResponse.builder()
        .unprocessedItems(left)
        .consumedCapacity(consumed.isEmpty() ? null : consumed)
        .build();
  }

  private Plan plan(String table, WriteRequest request) {
    if ((request.putRequest() == null) == (request.deleteRequest() == null)) {
      throw Refusals.validation("Supplied a batch request with not exactly one of put and delete");
    }
    return tables.plan(
        request.putRequest() != null
            ? Writing.plain(Writing.Kind.PUT, table, request.putRequest().item())
            : Writing.plain(Writing.Kind.DELETE, table, request.deleteRequest().key()));
  }

  private static void check(List<Asked> all) {
    if (all.isEmpty() || all.size() > MOST_WRITES) {
      throw Refusals.validation("1 to 25 items can be written in a batch, not " + all.size());
    }
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (Writer.sameItem(all.get(i).plan(), all.get(j).plan())) {
          throw Refusals.validation("Provided list of item keys contains duplicates");
        }
      }
    }
  }

  private void write(Plan plan, Meter.Bill bill) {
    Optional<Map<String, AttributeValue>> before = plan.before();
    Optional<Map<String, AttributeValue>> after = plan.after(before);
    writer.commit(List.of(new Writer.Planned(plan, before, after)));
    Meter.change(bill, plan.table, before, after, false);
  }
}
