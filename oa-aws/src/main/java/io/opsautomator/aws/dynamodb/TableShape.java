package io.opsautomator.aws.dynamodb;

import java.util.List;

/**
 * What the table of a store has to look like, whoever makes it. Immutable.
 *
 * <p>On demand, with point-in-time recovery, without a stream. All keys are texts.
 *
 * @param partitionKey of the table
 * @param sortKey of the table
 * @param index the one global secondary index, of keys only; few items have its keys
 * @param indexPartitionKey of the index
 * @param indexSortKey of the index
 * @param ttl the attribute that says when an item may be removed, in seconds since 1970
 */
public record TableShape(
    String partitionKey,
    String sortKey,
    String index,
    String indexPartitionKey,
    String indexSortKey,
    String ttl) {
  static final String INDEX = "due";

  /** The shape that {@link DynamoDbStore} needs. */
  public static final TableShape CURRENT =
      new TableShape(Shape.PK, Shape.SK, INDEX, Shape.DUE_PK, Shape.DUE_SK, Shape.TTL);

  /** The attributes that are keys, all of them texts. */
  public List<String> keys() {
    return List.of(partitionKey, sortKey, indexPartitionKey, indexSortKey);
  }
}
