package io.opsautomator.engine.internal;

import io.opsautomator.store.Execution;
import io.opsautomator.store.JournalEntry;
import io.opsautomator.store.JournalEntry.Stage;
import java.util.List;
import java.util.stream.Stream;

/**
 * An execution of a worker's between two tries.
 *
 * @param fresh what it knows besides what is stored
 * @param failures in a row, at the same step; 0 before the first try
 * @param done how many steps had been done by then
 */
record Parked(Execution image, List<JournalEntry> fresh, int failures, int done) {

  static Parked unbegun(Execution image) {
    return new Parked(image, List.of(), 0, 0);
  }

  static Parked after(Execution image, List<JournalEntry> fresh, int failures) {
    return new Parked(image, fresh, failures, done(image, fresh));
  }

  private static int done(Execution image, List<JournalEntry> fresh) {
    return (int)
        Stream.concat(image.journal().stream(), fresh.stream())
            .filter(entry -> entry.stage() == Stage.DONE)
            .count();
  }

  /**
   * With the failure that has come since: whoever has got a step further has not failed in a row.
   *
   * @param now what is stored by then
   * @param unwritten what is known besides
   */
  int failuresAfter(Execution now, List<JournalEntry> unwritten) {
    return failures == 0 || done(now, unwritten) > done ? 1 : failures + 1;
  }
}
