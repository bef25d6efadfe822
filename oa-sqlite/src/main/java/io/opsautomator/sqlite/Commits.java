package io.opsautomator.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Numbers the commits of the one connection that writes, within them, and leaves the {@link Mark}
 * behind them. Belongs to one thread at a time.
 */
final class Commits implements AutoCloseable {
  private final Connection connection;
  private final Mark mark;
  private Place place;

  private Commits(Connection connection, Mark mark, Place place) {
    this.connection = connection;
    this.mark = mark;
    this.place = place;
  }

  static Commits of(Connection connection, Path database) throws SQLException, IOException {
    return new Commits(connection, Mark.open(database), place(connection));
  }

  /** Where a database has come to, its log included. */
  static Place place(Connection connection) throws SQLException {
    return new Place(number(connection, "application_id"), number(connection, "user_version"));
  }

  /** Draws a number for a store that has none. */
  static void name(Connection connection) throws SQLException {
    if (number(connection, "application_id") == 0) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA application_id = " + drawn(statement));
      }
    }
  }

  private static int drawn(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT 1 + abs(random() % 2147483647)")) {
      return row.next() ? row.getInt(1) : 1;
    }
  }

  private static int number(Connection connection, String pragma) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA " + pragma)) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  /** As the last thing before a commit of something. */
  void number() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = " + place.next().commit());
    }
  }

  /** The commit is on the disk. */
  void done() {
    place = place.next();
    mark.put(place);
  }

  @Override
  public void close() {
    mark.close();
  }
}
