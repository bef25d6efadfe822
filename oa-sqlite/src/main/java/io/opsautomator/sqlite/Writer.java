package io.opsautomator.sqlite;

import io.opsautomator.store.StoreException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes.
 *
 * <p>A flush to the disk takes milliseconds and costs the same for one write as for hundreds. So
 * whatever has come in while the last flush was under way goes into the next transaction together,
 * and everybody is answered after the flush that holds their write; nobody waits for company. Work
 * decides on what is stored, in order, so each sees what those before it in the same transaction
 * did.
 *
 * <p>Work that fails before it has written hurts nobody else. When one fails after that, the
 * transaction is rolled back and each is done again in one of its own. When the commit itself
 * fails, nothing was written and all are told. Should the thread itself come to its end, so are all
 * who wait, and whoever comes later.
 */
final class Writer {
  private final Session session;
  private final String action;
  private final int most;
  private final BlockingQueue<Pending<?>> queue = new LinkedBlockingQueue<>();
  private final Pending<?> end = new Pending<>(session -> true);
  private final Thread thread;
  private boolean closed;
  private Optional<Throwable> broken = Optional.empty();

  Writer(Session session, String file, int most, ThreadFactory threads) {
    this.session = session;
    this.action = "write to " + file;
    this.most = most;
    this.thread = threads.newThread(this::run);
  }

  void start() {
    thread.start();
  }

  /** Whether this is the thread that writes. */
  boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  <T> T write(Work<T> work) {
    return submit(work).await(action);
  }

  synchronized <T> Pending<T> submit(Work<T> work) {
    if (broken.isPresent()) {
      throw new StoreException(
          "cannot " + action + ": its writer has failed; open it anew", broken.get());
    }
    if (closed) {
      throw new IllegalStateException("cannot " + action + ": it is closed");
    }
    Pending<T> pending = new Pending<>(work);
    queue.add(pending);
    return pending;
  }

  /** Does what has been handed in, and ends. */
  void close() {
    synchronized (this) {
      if (!closed) {
        closed = true;
        queue.add(end);
      }
    }
    end.await(action);
  }

  private void run() {
    List<Pending<?>> batch = new ArrayList<>();
    try {
      boolean go = true;
      while (go) {
        batch.add(next());
        queue.drainTo(batch, most - 1);
        go = !batch.contains(end);
        flush(batch);
        batch.forEach(Pending::answer);
        batch.clear();
      }
    } catch (RuntimeException | Error e) {
      abandon(batch, e);
      throw e;
    }
  }

  /** What nobody is left to do must not be waited for. */
  private void abandon(List<Pending<?>> batch, Throwable reason) {
    synchronized (this) {
      closed = true;
      broken = Optional.of(reason);
    }
    queue.drainTo(batch);
    batch.add(end);
    for (Pending<?> pending : batch) {
      pending.failed(reason);
      pending.answer();
    }
  }

  /** An interrupt is no reason to end: others count on being answered. */
  private Pending<?> next() {
    @Nullable Pending<?> next = null;
    while (next == null) {
      try {
        next = queue.take();
      } catch (InterruptedException e) {
        // Only close() ends this thread.
      }
    }
    return next;
  }

  private void flush(List<Pending<?>> batch) {
    try {
      session.begin();
      if (runAll(batch)) {
        session.commit();
        return;
      }
    } catch (SQLException | RuntimeException | Error e) {
      batch.forEach(pending -> pending.failed(e));
      rollBack(e);
      return;
    }
    batch.forEach(this::alone);
  }

  /** Whether all can be committed; if not, the transaction is rolled back. */
  private boolean runAll(List<Pending<?>> batch) throws SQLException {
    for (Pending<?> pending : batch) {
      session.clean();
      try {
        pending.run(session);
      } catch (SQLException | RuntimeException e) {
        pending.failed(e);
        if (session.dirty() || e instanceof SQLException) {
          rollBack(e);
          return false;
        }
      }
    }
    return settled();
  }

  private boolean settled() {
    try {
      session.settle();
      return true;
    } catch (SQLException | RuntimeException e) {
      rollBack(e);
      return false;
    }
  }

  private void alone(Pending<?> pending) {
    try {
      session.begin();
      pending.run(session);
      session.commit();
    } catch (SQLException | RuntimeException | Error e) {
      pending.failed(e);
      rollBack(e);
    }
  }

  /** SQLite may have rolled back by itself; then it refuses, and all is well. */
  private void rollBack(Throwable reason) {
    session.forget();
    try {
      session.execute("ROLLBACK");
    } catch (SQLException | RuntimeException e) {
      reason.addSuppressed(e);
    }
  }
}
