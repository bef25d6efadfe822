package io.opsautomator.testkit.dynamodb;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Where an item stands in its partition: by its range value, and in an index, where several may
 * share one, by the key in the table. Null stands before everything.
 */
record Position(@Nullable AttributeValue range, @Nullable Key base)
    implements Comparable<Position> {
  @Override
  public int compareTo(Position other) {
    int byRange = compare(range, other.range);
    if (byRange != 0) {
      return byRange;
    }
    return base == null || other.base == null
        ? Boolean.compare(base != null, other.base != null)
        : base.compareTo(other.base);
  }

  private static int compare(@Nullable AttributeValue one, @Nullable AttributeValue other) {
    if (one == null || other == null) {
      return Boolean.compare(one != null, other != null);
    }
    return Values.compare(one, other);
  }
}
