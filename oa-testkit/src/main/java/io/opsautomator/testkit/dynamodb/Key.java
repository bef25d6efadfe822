package io.opsautomator.testkit.dynamodb;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Which item, in a table or an index; the range is null where there is none in the schema. */
record Key(AttributeValue hash, @Nullable AttributeValue range) {
  int compareTo(Key other) {
    int byHash = Values.compare(hash, other.hash);
    return byHash != 0 || range == null || other.range == null
        ? byHash
        : Values.compare(range, other.range);
  }
}
