package io.opsautomator.sqlite;

import io.opsautomator.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

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
    return open(
        file,
        config(false),
        connection -> {
          String name = file.toString();
          schema.check(connection, name);
          durable(connection, name);
          schema.bringForward(connection, name);
          return new Session(connection, schema.nextProcess(connection));
        });
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
    return open(
        file,
        config(true),
        connection -> {
          schema.requireCurrent(connection, file.toString());
          return new Session(connection, 0);
        });
  }

  private static Session open(Path file, SQLiteConfig config, Start start) {
    try {
      Connection connection = config.createConnection("jdbc:sqlite:" + file);
      try {
        return start.begin(connection);
      } catch (SQLException | RuntimeException | Error e) {
        closeAfter(connection, e);
        throw e;
      }
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  private static void closeAfter(Connection connection, Throwable reason) {
    try {
      connection.close();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  private static StoreException failure(Path file, SQLException e) {
    boolean foreign = e.getErrorCode() == SQLiteErrorCode.SQLITE_NOTADB.code;
    boolean damaged = e.getErrorCode() == SQLiteErrorCode.SQLITE_CORRUPT.code;
    String what =
        foreign
            ? " is not an SQLite database, or damaged"
            : damaged ? " is damaged" : " cannot be opened";
    return new StoreException(file + what + "; it was left as it is: " + e.getMessage(), e);
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
                + " cannot have a write-ahead log; is it on a network file system? It needs a local one");
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
