package io.opsautomator.engine.internal;

import io.opsautomator.action.internal.ReplayingEffects;
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
    long done =
        Stream.concat(image.journal().stream(), fresh.stream())
            .filter(entry -> entry.stage() == Stage.DONE)
            .count();
    return new Parked(image, fresh, failures, (int) done);
  }

  /** Whoever has got a step further has not failed in a row. */
  int failuresAfter(ReplayingEffects effects) {
    return failures == 0 || effects.done() > done ? 1 : failures + 1;
  }
}
