package io.opsautomator.aws.dynamodb;

import io.opsautomator.store.Ticket;
import java.util.Comparator;

/**
 * A ticket in a queue.
 *
 * @param order the name it was queued under
 * @param place among those that were queued with it
 */
record Waiting(String order, int place, Ticket ticket) {
  static final Comparator<Waiting> AGE =
      Comparator.comparing(Waiting::order).thenComparingInt(Waiting::place);

  boolean behind(Waiting other) {
    return AGE.compare(this, other) > 0;
  }
}
