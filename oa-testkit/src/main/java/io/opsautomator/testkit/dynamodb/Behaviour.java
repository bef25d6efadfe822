package io.opsautomator.testkit.dynamodb;

import java.util.List;
import java.util.Optional;

/**
 * What a distributed service may do to a caller at any time, and a map in memory never does:
 * decided by the test, so that it is the same in each run. Called while the fake is locked; must
 * not call it.
 */
public interface Behaviour {
  /** Reads show the latest, batches are handled whole, nobody is in the way. */
  Behaviour PLAIN = new Behaviour() {};

  /**
   * Whether a read that is not strongly consistent shows this change. Asked of the latest {@value
   * FakeDynamoDb#REMEMBERED} changes of a table, oldest first; where one of an item is not shown,
   * later ones of it are not either.
   *
   * @param index the index that is read; empty for the table itself
   */
  default boolean shows(Optional<String> index, Change change) {
    return true;
  }

  /**
   * Whether a batch handles this one of its requests, or leaves it to be asked again.
   *
   * @param operation such as {@code BatchWriteItem}
   * @param position in the batch, from 0
   */
  default boolean handles(String operation, int position) {
    return true;
  }

  /**
   * Whether another transaction is under way on an item that is to be written, or read in a
   * transaction.
   *
   * @param operation such as {@code TransactWriteItems}
   */
  default boolean conflicts(String operation, String table) {
    return false;
  }

  /** Told of each write as it is made; the changes of a transaction come together. */
  default void changed(List<Change> changes) {}
}
