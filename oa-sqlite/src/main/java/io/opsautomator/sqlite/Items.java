package io.opsautomator.sqlite;

import io.opsautomator.sqlite.SqliteStore.Item;
import io.opsautomator.store.Batch;
import io.opsautomator.store.Budget;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Gate;
import io.opsautomator.store.Page;
import io.opsautomator.store.Run;
import io.opsautomator.store.Slice;
import io.opsautomator.store.StoreException;
import io.opsautomator.store.StoredTask;
import io.opsautomator.store.Ticket;
import io.opsautomator.task.ExecutionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands out everything that is stored, as of one moment, in an order that follows from it alone.
 */
final class Items {
  private final Session session;
  private final Consumer<Item> to;

  private Items(Session session, Consumer<Item> to) {
    this.session = session;
    this.to = to;
  }

  static void all(Session session, Consumer<Item> to) throws SQLException {
    session.execute("BEGIN");
    try {
      new Items(session, to).all();
    } finally {
      session.execute("COMMIT");
    }
  }

  private void all() throws SQLException {
    table("task", StoredTask.class, "name");
    table("run", Run.class, "id");
    table("slice", Slice.class, "run, scope");
    table("page", Page.class, "run, scope, number");
    table("batch", Batch.class, "run, grouping, number");
    table("execution", Execution.class, "id");
    table("gate", Gate.class, "key");
    queue();
    table("budget", Budget.class, "window");
  }

  private void table(String table, Class<? extends Record> type, String key) throws SQLException {
    String[] names = key.split(", ", -1);
    session.each(
        row -> to.accept(new Item(table, place(row, names), whole(type, row.getString(1)))),
        "SELECT body, " + key + " FROM " + table + " ORDER BY " + key);
  }

  /** Tickets have no body; all there is to them are columns. */
  private void queue() throws SQLException {
    String[] names = {"gate", "age", "place", "execution", "ticket"};
    session.each(
        row -> to.accept(new Item("waiting", place(row, names), Optional.of(ticket(row)))),
        "SELECT NULL, gate, age, place, execution, ticket FROM waiting ORDER BY gate, age, place");
  }

  private static String ticket(ResultSet row) throws SQLException {
    return Bodies.json(
        new Ticket(new ExecutionId(row.getString("execution")), row.getInt("ticket")));
  }

  private static Map<String, String> place(ResultSet row, String[] names) throws SQLException {
    Map<String, String> place = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      place.put(names[i], String.valueOf(row.getString(i + 2)));
    }
    return place;
  }

  private static Optional<String> whole(Class<? extends Record> type, @Nullable String body) {
    try {
      String json = Bodies.checked(type, String.valueOf(body));
      Bodies.read(type, json);
      return Optional.of(json);
    } catch (StoreException damaged) {
      return Optional.empty();
    }
  }
}
