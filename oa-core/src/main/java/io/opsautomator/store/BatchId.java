package io.opsautomator.store;

import java.util.Comparator;

/**
 * Names a batch within its run.
 *
 * @param group what its units were cut from: a slice's key, an account, or {@code *} for the whole
 *     run
 * @param number from 0, without gaps
 */
public record BatchId(String group, int number) {
  /** By group, then number. */
  public static final Comparator<BatchId> ORDER =
      Comparator.comparing(BatchId::group).thenComparingInt(BatchId::number);
}
