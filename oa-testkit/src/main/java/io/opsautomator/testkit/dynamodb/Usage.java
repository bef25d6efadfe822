package io.opsautomator.testkit.dynamodb;

import java.util.Map;
import java.util.TreeMap;

/**
 * What has been asked of a fake, and what it would cost.
 *
 * @param calls by the name of the operation, such as {@code UpdateItem}
 * @param reads in read request units: one for 4 KB, half of it if eventually consistent, twice in a
 *     transaction
 * @param writes in write request units: one for 1 KB, twice in a transaction, and those of indexes
 */
public record Usage(Map<String, Long> calls, double reads, double writes) {
  public Usage {
    calls = Map.copyOf(calls);
  }

  /** How many calls there were in all. */
  public long total() {
    return calls.values().stream().mapToLong(Long::longValue).sum();
  }

  /** What came on top of an earlier state of the same fake. */
  public Usage since(Usage earlier) {
    Map<String, Long> more = new TreeMap<>();
    calls.forEach((name, count) -> more.put(name, count - earlier.calls.getOrDefault(name, 0L)));
    more.values().removeIf(count -> count == 0);
    return new Usage(more, reads - earlier.reads, writes - earlier.writes);
  }
}
