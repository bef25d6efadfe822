package io.opsautomator.sqlite;

import io.opsautomator.store.StoreException;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Work that somebody waits for: done first, answered after the flush. */
final class Pending<T> {
  private final Work<T> work;
  private final CompletableFuture<T> answer = new CompletableFuture<>();
  private Runnable outcome = () -> {};

  Pending(Work<T> work) {
    this.work = work;
  }

  void run(Session session) throws SQLException {
    T result = work.run(session);
    outcome = () -> answer.complete(result);
  }

  /** What {@link #answer} will say. */
  void failed(Throwable failure) {
    outcome = () -> answer.completeExceptionally(failure);
  }

  void answer() {
    outcome.run();
  }

  /** Waits, even when interrupted: the write may happen, so its outcome has to be known. */
  T await(String action) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw failure(action, cause(e));
    }
  }

  private static Throwable cause(CompletionException e) {
    @Nullable Throwable cause = e.getCause();
    return cause == null ? e : cause;
  }

  /** Mistakes of the caller as they are; everything else as a failure of the store. */
  private static RuntimeException failure(String action, Throwable cause) {
    if (cause instanceof SQLException e) {
      return Failures.of("cannot " + action, e);
    }
    if (cause instanceof StoreException e) {
      return Failures.damaged("cannot " + action, e);
    }
    return cause instanceof RuntimeException mistake
        ? mistake
        : new StoreException("cannot " + action + ": " + words(cause), cause);
  }

  /** Errors often have no message. */
  private static String words(Throwable cause) {
    return cause instanceof SQLException ? String.valueOf(cause.getMessage()) : cause.toString();
  }
}
