package io.opsautomator.sqlite;

import io.opsautomator.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.sqlite.SQLiteConfig;

/** Opens connections. A file that is not what it should be is told of and left as it is. */
final class Connections {
  /** In pages of 4 KB: fewer, longer checkpoints. */
  private static final int CHECKPOINT = 4000;

  private static final int CACHE = -32_000;
  private static final int PATIENCE = 10_000;

  private Connections() {}

  /** Begins to use a connection; closes it when that fails. */
  @FunctionalInterface
  interface Start {
    Session begin(Connection connection) throws SQLException;
  }

  static Session writing(Path file, Schema schema) {
    look(file, schema);
    return open(
        file,
        config(false),
        connection -> {
          String name = file.toString();
          schema.check(connection, name);
          Commits.name(connection);
          durable(connection, name);
          schema.bringForward(connection, name);
          return begin(connection, file, schema);
        });
  }

  private static Session begin(Connection connection, Path file, Schema schema)
      throws SQLException {
    try {
      Commits commits = Commits.of(connection, file);
      return new Session(connection, schema.nextProcess(connection, commits), Optional.of(commits));
    } catch (IOException e) {
      throw new StoreException("cannot open " + file + ": " + e, e);
    }
  }

  /**
   * Before anything is touched: closing a connection that may write would put the log into the
   * database, even when it was opened in vain.
   */
  private static void look(Path file, Schema schema) {
    Optional<Place> answered = Wholeness.require(file);
    if (answered.isPresent()) {
      try (Session session = lookingOn(file, schema::check, answered)) {
        session.clean();
      } catch (SQLException e) {
        throw Failures.opening(file.toString(), e);
      }
    }
  }

  /** Beside {@link #writing}, in the same process. */
  static Session reading(Path file, long process) {
    return open(
        file,
        config(false),
        connection -> {
          pragma(connection, "query_only = ON");
          return new Session(connection, process);
        });
  }

  /** For another process; takes leases as they are written. */
  static Session lookingOn(Path file, Schema schema) {
    return lookingOn(file, schema::requireCurrent, Wholeness.require(file));
  }

  @FunctionalInterface
  private interface Requirement {
    void on(Connection connection, String file) throws SQLException;
  }

  private static Session lookingOn(Path file, Requirement schema, Optional<Place> answered) {
    return open(
        file,
        config(true),
        connection -> {
          schema.on(connection, file.toString());
          if (answered.isPresent()) {
            Commits.place(connection).requireReached(answered.get(), file);
          }
          return new Session(connection, 0);
        });
  }

  private static Session open(Path file, SQLiteConfig config, Start start) {
    try {
      Connection connection = config.createConnection("jdbc:sqlite:" + file);
      try {
        pragma(connection, "cell_size_check = ON");
        return start.begin(connection);
      } catch (SQLException | RuntimeException | Error e) {
        closeAfter(connection, e);
        throw e;
      }
    } catch (SQLException e) {
      throw Failures.opening(file.toString(), e);
    }
  }

  private static void closeAfter(Connection connection, Throwable reason) {
    try {
      connection.close();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  /** Every commit is on the disk before it is answered, and readers are never in the way. */
  private static void durable(Connection connection, String file) throws SQLException {
    requireLog(connection, file);
    pragma(connection, "synchronous = FULL");
    pragma(connection, "fullfsync = ON");
    pragma(connection, "wal_autocheckpoint = " + CHECKPOINT);
  }

  /** SQLite says no by going on without. */
  private static void requireLog(Connection connection, String file) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet mode = statement.executeQuery("PRAGMA journal_mode = WAL")) {
      if (!mode.next() || !"wal".equalsIgnoreCase(mode.getString(1))) {
        throw new StoreException(
            file
                + " cannot have a write-ahead log; is it on a network file system? It needs a local"
                + " one");
      }
    }
  }

  private static void pragma(Connection connection, String setting) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA " + setting);
    }
  }

  private static SQLiteConfig config(boolean readOnly) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(readOnly);
    config.setBusyTimeout(PATIENCE);
    config.setCacheSize(CACHE);
    return config;
  }
}
