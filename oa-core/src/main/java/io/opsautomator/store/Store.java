package io.opsautomator.store;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All that is durable, for whoever writes a store: every write is conditional and atomic and
 * returns what is stored; losing a race is a value. Messages are hints, this is the truth. What
 * each write demands and does is written once, as pure functions in {@link ExecutionRules}, {@link
 * GateRules}, {@link RunRules}, {@link SelectionRules} and {@link BudgetRules}: a store reads an
 * item, applies the function and writes what comes of it, as one step. Implement six small
 * interfaces and make {@code StoreContract} pass.
 *
 * <p>Thread-safe. An exception means that the store does not know whether it wrote; the caller
 * repeats the write.
 */
public interface Store extends AutoCloseable {

  Tasks tasks();

  Runs runs();

  Selections selections();

  Executions executions();

  Gates gates();

  Budgets budgets();

  /**
   * Makes several writes one step, durable together or not at all, so that they wait for the disk
   * once. A store that cannot do that leaves this as it is: it does nothing and answers empty, and
   * the caller makes the writes one by one.
   *
   * @param writes calls this store and nothing else, in this thread, and follows from what is
   *     stored and from what it was given alone: it may be run again when what it did had to be
   *     undone
   */
  default <T> Optional<T> together(Supplier<T> writes) {
    return Optional.empty();
  }

  /**
   * Forgets runs that ended before this instant, with all that belongs to them, gates of their own
   * included; returns how many. Forgets windows of budgets that ended before it, too. Open and
   * queued runs stay, and so do tasks and the gates that runs share. What a purge that died has
   * left is gone after the next.
   *
   * @param atMost so many runs; when as many were forgotten there may be more
   */
  int purge(Instant endedBefore, int atMost);

  /** All of them. */
  default int purge(Instant endedBefore) {
    return purge(endedBefore, Integer.MAX_VALUE);
  }

  /**
   * Lets go of what it holds open; everything that was answered is kept. Closing twice is closing
   * once.
   */
  @Override
  void close();
}
