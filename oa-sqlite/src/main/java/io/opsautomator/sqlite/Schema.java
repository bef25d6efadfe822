package io.opsautomator.sqlite;

import io.opsautomator.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables, and how they came to be what they are: scripts that are run in order, each once. A
 * script that has been released is never edited. What this does not know as its own is refused
 * before anything is written to it.
 */
final class Schema {
  private static final List<String> SCRIPTS = List.of("schema-1.sql", "schema-2.sql");

  private final List<String> scripts;

  Schema() {
    this(SCRIPTS);
  }

  /** Names of resources beside this class. */
  Schema(List<String> scripts) {
    this.scripts = List.copyOf(scripts);
  }

  /** Refuses what is not ours, and what is of a later program. */
  void check(Connection connection, String file) throws SQLException {
    version(connection, file);
  }

  /** Runs the scripts that this file has not seen yet. */
  void bringForward(Connection connection, String file) throws SQLException {
    for (int done = version(connection, file); done < scripts.size(); done++) {
      run(connection, scripts.get(done), done + 1);
    }
  }

  /** For those who may not write. */
  void requireCurrent(Connection connection, String file) throws SQLException {
    int version = version(connection, file);
    if (version < scripts.size()) {
      throw new StoreException(
          "%s has schema %d, older than %d: open it for writing once, that brings it forward"
              .formatted(file, version, scripts.size()));
    }
  }

  /** Counts this opening; returns the count. */
  long nextProcess(Connection connection, Commits commits) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      statement.execute(
          "INSERT INTO meta (key, value) VALUES ('process', 1)"
              + " ON CONFLICT (key) DO UPDATE SET value = value + 1");
      commits.number();
      statement.execute("COMMIT");
    }
    commits.done();
    return number(connection, "SELECT value FROM meta WHERE key = 'process'");
  }

  private int version(Connection connection, String file) throws SQLException {
    if (number(connection, "SELECT count(*) FROM sqlite_master") == 0) {
      return 0;
    }
    boolean ours =
        number(connection, "SELECT count(*) FROM sqlite_master WHERE name = 'meta'") == 1;
    long version =
        ours ? number(connection, "SELECT max(value) FROM meta WHERE key = 'schema'") : 0;
    if (version == 0) {
      throw new StoreException(file + " is an SQLite database, but not one of this program");
    }
    if (version > scripts.size()) {
      throw new StoreException(
          "%s has schema %d; this program knows schemas up to %d: use a newer one"
              .formatted(file, version, scripts.size()));
    }
    return (int) version;
  }

  private static void run(Connection connection, String script, int version) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      try {
        for (String part : parts(script)) {
          statement.execute(part);
        }
        statement.execute(
            "INSERT INTO meta (key, value) VALUES ('schema', "
                + version
                + ") ON CONFLICT (key) DO UPDATE SET value = excluded.value");
        statement.execute("COMMIT");
      } catch (SQLException | RuntimeException e) {
        rollBack(statement, e);
        throw e;
      }
    }
  }

  private static void rollBack(Statement statement, Exception reason) {
    try {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  /** Statements end where a line ends in a semicolon. */
  private static List<String> parts(String script) {
    try (InputStream in = Schema.class.getResourceAsStream(script)) {
      if (in == null) {
        throw new StoreException("no resource " + script + " beside " + Schema.class.getName());
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return List.of(text.strip().split(";\\s*(\\n|$)"));
    } catch (IOException e) {
      throw new StoreException("cannot read " + script, e);
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }
}
