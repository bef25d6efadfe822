package io.opsautomator.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection with its statements, prepared once. Belongs to one thread at a time.
 *
 * <p>{@link #dirty} tells whether anything was written since the last {@link #clean}: a piece of
 * work that fails before it has written leaves nothing to roll back. What is {@linkplain #keep
 * kept} is written when it is settled, before the commit at the latest.
 */
final class Session implements AutoCloseable {
  private final Connection connection;
  private final long process;
  private final Optional<Commits> commits;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private final Shelf shelf = new Shelf();
  private boolean dirty;
  private boolean written;

  /**
   * @param process how often the file had been opened to write, this time included; 0 for who only
   *     looks on
   */
  Session(Connection connection, long process) {
    this(connection, process, Optional.empty());
  }

  /**
   * @param commits if they are to be counted
   */
  Session(Connection connection, long process, Optional<Commits> commits) {
    this.connection = connection;
    this.process = process;
    this.commits = commits;
  }

  /** Reads one row; the cursor stands on it. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Looks at one row; the cursor stands on it. */
  @FunctionalInterface
  interface Visit {
    void row(ResultSet row) throws SQLException;
  }

  long process() {
    return process;
  }

  <T> Optional<T> first(Row<T> row, String sql, @Nullable Object... arguments) throws SQLException {
    try (ResultSet rows = prepare(sql, arguments).executeQuery()) {
      return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
    }
  }

  <T> List<T> all(Row<T> row, String sql, @Nullable Object... arguments) throws SQLException {
    try (ResultSet rows = prepare(sql, arguments).executeQuery()) {
      List<T> all = new ArrayList<>();
      while (rows.next()) {
        all.add(row.read(rows));
      }
      return all;
    }
  }

  /** However many there are. */
  void each(Visit visit, String sql, @Nullable Object... arguments) throws SQLException {
    try (ResultSet rows = prepare(sql, arguments).executeQuery()) {
      while (rows.next()) {
        visit.row(rows);
      }
    }
  }

  boolean exists(String sql, @Nullable Object... arguments) throws SQLException {
    try (ResultSet rows = prepare(sql, arguments).executeQuery()) {
      return rows.next();
    }
  }

  /** Returns how many rows were changed. */
  int write(String sql, @Nullable Object... arguments) throws SQLException {
    PreparedStatement statement = prepare(sql, arguments);
    dirty = true;
    written = true;
    return statement.executeUpdate();
  }

  /**
   * An item that may be at hand already. Only for who writes: on other connections, what is at hand
   * could be out of date.
   */
  <T extends Record> Optional<T> recall(Class<T> type, Object key, Work<Optional<T>> load)
      throws SQLException {
    if (commits.isEmpty()) {
      return load.run(this);
    }
    Optional<T> known = shelf.find(type, key);
    if (known.isPresent()) {
      return known;
    }
    Optional<T> loaded = load.run(this);
    loaded.ifPresent(item -> shelf.put(key, item));
    return loaded;
  }

  /** This is in its table now. */
  void written(Object key, Record item) {
    if (commits.isPresent()) {
      shelf.put(key, item);
    }
  }

  /** Nobody will ask for it soon. */
  void putAway(Object key) {
    shelf.remove(key);
  }

  /** To be written once, however often it changes in this transaction. */
  void keep(Object key, Record item, Shelf.Write write) throws SQLException {
    if (commits.isEmpty()) {
      write.run();
      return;
    }
    dirty = true;
    written = true;
    shelf.put(key, item, write);
  }

  /** Before tables are read other than by key. */
  void settle() throws SQLException {
    shelf.settle();
  }

  /** Before rows are removed. */
  void emptyShelf() throws SQLException {
    shelf.settle();
    shelf.clear();
  }

  void begin() throws SQLException {
    execute("BEGIN IMMEDIATE");
    written = false;
  }

  /** Returns when everything since {@link #begin} is on the disk. */
  void commit() throws SQLException {
    shelf.settle();
    shelf.trim();
    if (written && commits.isPresent()) {
      commits.get().number();
    }
    execute("COMMIT");
    if (written) {
      commits.ifPresent(Commits::done);
    }
  }

  /** Whatever is prepared once and needs no argument. */
  void execute(String sql) throws SQLException {
    prepare(sql).execute();
  }

  boolean dirty() {
    return dirty;
  }

  void clean() {
    dirty = false;
  }

  private PreparedStatement prepare(String sql, @Nullable Object... arguments) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    for (int i = 0; i < arguments.length; i++) {
      statement.setObject(i + 1, arguments[i]);
    }
    return statement;
  }

  /**
   * A statement that has failed may be of no further use; all are prepared anew when needed. Nor is
   * what is at hand.
   */
  void forget() {
    shelf.clear();
    for (PreparedStatement statement : statements.values()) {
      try {
        statement.close();
      } catch (SQLException e) {
        // It had failed before; that has been told.
      }
    }
    statements.clear();
  }

  @Override
  public void close() throws SQLException {
    forget();
    connection.close();
    if (commits.isPresent()) {
      commits.get().close();
    }
  }
}
