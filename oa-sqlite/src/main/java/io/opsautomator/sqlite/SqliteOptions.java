package io.opsautomator.sqlite;

import java.util.concurrent.ThreadFactory;

/**
 * How a store works. Immutable.
 *
 * @param threads makes the one thread that writes; it has to be free to run for as long as the
 *     store is open
 * @param batch how many waiting writes share one flush to the disk at most
 */
public record SqliteOptions(ThreadFactory threads, int batch) {
  public static final SqliteOptions DEFAULTS = new SqliteOptions(SqliteOptions::daemon, 256);

  public SqliteOptions {
    if (batch < 1) {
      throw new IllegalArgumentException("batch is " + batch + ", not 1 or more");
    }
  }

  public SqliteOptions withThreads(ThreadFactory threads) {
    return new SqliteOptions(threads, batch);
  }

  public SqliteOptions withBatch(int batch) {
    return new SqliteOptions(threads, batch);
  }

  private static Thread daemon(Runnable run) {
    Thread thread = new Thread(run, "ops-automator-store");
    thread.setDaemon(true);
    return thread;
  }
}
