package io.opsautomator.aws.dynamodb;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * The items of one partition in the order of their sort keys. Lazy: asks for a page when the one
 * before is used up, and for no more items than it was told to.
 */
final class Query {
  private final DynamoDbClient client;
  private final Table table;
  private final Map<String, AttributeValue> values = new HashMap<>();
  private final QueryRequest.Builder request = QueryRequest.builder();
  private String partitionKey = Shape.PK;
  private String sortKey = Shape.SK;
  private String range = "";
  private boolean growing;

  Query(DynamoDbClient client, Table table, String partition) {
    this.client = client;
    this.table = table;
    values.put(":pk", Item.text(partition));
    request.tableName(table.name()).consistentRead(true);
  }

  /** Of the index of what is due, which lags behind the table. */
  Query due() {
    partitionKey = Shape.DUE_PK;
    sortKey = Shape.DUE_SK;
    request.indexName(TableShape.INDEX).consistentRead(false);
    return this;
  }

  Query beginningWith(String prefix) {
    values.put(":from", Item.text(prefix));
    range = " AND begins_with(" + sortKey + ", :from)";
    return this;
  }

  Query between(String first, String last) {
    values.put(":from", Item.text(first));
    values.put(":to", Item.text(last));
    range = " AND " + sortKey + " BETWEEN :from AND :to";
    return this;
  }

  Query until(String last) {
    values.put(":to", Item.text(last));
    range = " AND " + sortKey + " < :to";
    return this;
  }

  Query newestFirst() {
    request.scanIndexForward(false);
    return this;
  }

  /** Items a call; their number in all is up to who takes them. */
  Query atATime(int items) {
    request.limit(items);
    return this;
  }

  /** With each call twice as many as with the one before: for who takes few, as a rule. */
  Query growing() {
    growing = true;
    return this;
  }

  Query only(String attributes) {
    request.projectionExpression(attributes);
    return this;
  }

  /** At most so many, in as many calls as their size takes. */
  List<Row> first(int most) {
    List<Row> found = new ArrayList<>();
    if (most < 1) {
      return found;
    }
    Iterator<Row> rows = atATime(Math.min(most, 1000)).rows();
    while (found.size() < most && rows.hasNext()) {
      found.add(rows.next());
    }
    return found;
  }

  List<Row> all() {
    List<Row> found = new ArrayList<>();
    rows().forEachRemaining(found::add);
    return found;
  }

  Iterator<Row> rows() {
    request
        .keyConditionExpression(partitionKey + " = :pk" + range)
        .expressionAttributeValues(values);
    return new Pages();
  }

  private final class Pages implements Iterator<Row> {
    private final Deque<Row> ready = new ArrayDeque<>();
    private Map<String, AttributeValue> next = Map.of();
    private boolean more = true;

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && more) {
        QueryRequest asked =
            next.isEmpty() ? request.build() : request.exclusiveStartKey(next).build();
        QueryResponse answer = table.asked(() -> client.query(asked));
        if (growing) {
          request.limit(2 * asked.limit());
        }
        answer.items().forEach(item -> ready.add(new Row(item)));
        next = answer.lastEvaluatedKey();
        more = answer.hasLastEvaluatedKey() && !next.isEmpty();
      }
      return !ready.isEmpty();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.remove();
    }
  }
}
