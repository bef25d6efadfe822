package io.opsautomator.aws.dynamodb;

import io.opsautomator.store.StoreException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementErrorCodeEnum;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Calls for many items at once. The service may leave some of them undone; those are asked for
 * again, and the rest stays as answered.
 */
final class Bulk {
  private static final int ITEMS_A_READ = 100;
  private static final int ITEMS_A_WRITE = 25;

  private final DynamoDbClient client;
  private final String name;

  Bulk(DynamoDbClient client, String name) {
    this.client = client;
    this.name = name;
  }

  /** For each item whether it was absent, and is there now; in order. */
  List<Boolean> insert(List<Map<String, AttributeValue>> items) {
    List<Boolean> made = new ArrayList<>();
    for (int from = 0; from < items.size(); from += ITEMS_A_WRITE) {
      made.addAll(insertSome(items.subList(from, Math.min(items.size(), from + ITEMS_A_WRITE))));
    }
    return made;
  }

  private List<Boolean> insertSome(List<Map<String, AttributeValue>> items) {
    List<Boolean> made = new ArrayList<>(Collections.nCopies(items.size(), false));
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      left.add(i);
    }
    for (int i = 0; i < Table.TRIES && !left.isEmpty(); i++) {
      List<Integer> asked = List.copyOf(left);
      List<BatchStatementRequest> statements =
          asked.stream().map(each -> inserting(items.get(each))).toList();
      List<BatchStatementResponse> answers =
          Trouble.translated(
              name, () -> client.batchExecuteStatement(r -> r.statements(statements)).responses());
      left.clear();
      for (int each = 0; each < asked.size(); each++) {
        Optional<BatchStatementErrorCodeEnum> fault = fault(answers.get(each));
        if (fault.isEmpty()) {
          made.set(asked.get(each), true);
        } else if (fault.get() != BatchStatementErrorCodeEnum.DUPLICATE_ITEM) {
          requireTransient(answers.get(each));
          left.add(asked.get(each));
        }
      }
    }
    if (!left.isEmpty()) {
      throw throttled();
    }
    return made;
  }

  private static Optional<BatchStatementErrorCodeEnum> fault(BatchStatementResponse answer) {
    return Optional.ofNullable(answer.error()).map(error -> error.code());
  }

  private void requireTransient(BatchStatementResponse answer) {
    switch (answer.error().code()) {
      case THROTTLING_ERROR,
          PROVISIONED_THROUGHPUT_EXCEEDED,
          REQUEST_LIMIT_EXCEEDED,
          INTERNAL_SERVER_ERROR,
          TRANSACTION_CONFLICT -> {}
      default ->
          throw new StoreException(
              "table %s does not take an item: %s: %s"
                  .formatted(name, answer.error().codeAsString(), answer.error().message()));
    }
  }

  private BatchStatementRequest inserting(Map<String, AttributeValue> item) {
    List<String> names = item.keySet().stream().sorted().toList();
    String fields =
        names.stream().map(each -> "'" + each + "': ?").collect(Collectors.joining(", "));
    return BatchStatementRequest.builder()
        .statement("INSERT INTO \"" + name + "\" VALUE {" + fields + "}")
        .parameters(names.stream().map(item::get).toList())
        .build();
  }

  /** Those that are there, in no order. */
  List<Row> find(Collection<Key> keys) {
    List<Row> found = new ArrayList<>();
    List<Key> all = keys.stream().distinct().toList();
    for (int from = 0; from < all.size(); from += ITEMS_A_READ) {
      findSome(all.subList(from, Math.min(all.size(), from + ITEMS_A_READ)), found);
    }
    return found;
  }

  private void findSome(List<Key> keys, List<Row> found) {
    List<Map<String, AttributeValue>> left = keys.stream().map(Key::attributes).toList();
    for (int i = 0; i < Table.TRIES && !left.isEmpty(); i++) {
      KeysAndAttributes some = KeysAndAttributes.builder().keys(left).consistentRead(true).build();
      BatchGetItemResponse answer =
          Trouble.translated(
              name, () -> client.batchGetItem(request -> request.requestItems(Map.of(name, some))));
      rows(answer).map(Row::new).forEach(found::add);
      left =
          Optional.ofNullable(answer.unprocessedKeys().get(name))
              .map(KeysAndAttributes::keys)
              .orElse(List.of());
    }
    if (!left.isEmpty()) {
      throw throttled();
    }
  }

  private Stream<Map<String, AttributeValue>> rows(BatchGetItemResponse answer) {
    return Optional.ofNullable(answer.responses().get(name)).stream().flatMap(List::stream);
  }

  /** Writes and removes without conditions: for what may be done twice. */
  void write(List<Map<String, AttributeValue>> items, List<Key> gone) {
    List<WriteRequest> writes = new ArrayList<>();
    items.forEach(item -> writes.add(WriteRequest.builder().putRequest(p -> p.item(item)).build()));
    gone.forEach(
        key ->
            writes.add(WriteRequest.builder().deleteRequest(d -> d.key(key.attributes())).build()));
    for (int from = 0; from < writes.size(); from += ITEMS_A_WRITE) {
      writeSome(writes.subList(from, Math.min(writes.size(), from + ITEMS_A_WRITE)));
    }
  }

  private void writeSome(List<WriteRequest> writes) {
    Map<String, List<WriteRequest>> left = new HashMap<>(Map.of(name, writes));
    for (int i = 0; i < Table.TRIES && !left.isEmpty(); i++) {
      Map<String, List<WriteRequest>> some = Map.copyOf(left);
      left.clear();
      left.putAll(
          Trouble.translated(
              name,
              () ->
                  client.batchWriteItem(request -> request.requestItems(some)).unprocessedItems()));
    }
    if (!left.isEmpty()) {
      throw throttled();
    }
  }

  private StoreException throttled() {
    return new StoreException(
        "table %s left items of a batch undone %d times in a row: it is throttled; try again later"
            .formatted(name, Table.TRIES));
  }
}
