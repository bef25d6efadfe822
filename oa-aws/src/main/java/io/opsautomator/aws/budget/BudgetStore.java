package io.opsautomator.aws.budget;

import java.time.Instant;
import java.util.Optional;

/**
 * Where workers share what they know of budgets: small texts under keys, each replaced as a whole
 * by who has seen it last. Losing such a text costs nothing but learning it again. Thread-safe. An
 * exception means that the store does not know whether it wrote; nobody need repeat the write.
 */
public interface BudgetStore {
  /** The version of a text that is not there. */
  long ABSENT = 0;

  /**
   * @param version rises with every replacement, from 1
   */
  record Entry(long version, String text) {}

  /** As it is now, after every write that was answered before. */
  Optional<Entry> find(String key);

  /**
   * Writes {@code text} as version {@code seen + 1} if {@code seen} is the version that is stored.
   *
   * @param seen {@link #ABSENT} for a key that has no text
   * @param keepUntil after this nobody needs it; it may be forgotten
   * @return false if another was faster, and nothing was written
   */
  boolean replace(String key, long seen, String text, Instant keepUntil);

  /** For the workers of one process. */
  static BudgetStore inMemory() {
    return new InMemoryBudgetStore();
  }
}
