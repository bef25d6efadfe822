package io.opsautomator.sqlite;

import static io.opsautomator.sqlite.Bodies.sortable;

import io.opsautomator.sqlite.SqliteStore.Check;
import io.opsautomator.store.Batch;
import io.opsautomator.store.Budget;
import io.opsautomator.store.BudgetRules;
import io.opsautomator.store.Execution;
import io.opsautomator.store.Gate;
import io.opsautomator.store.Page;
import io.opsautomator.store.Run;
import io.opsautomator.store.RunRules;
import io.opsautomator.store.Slice;
import io.opsautomator.store.StoreException;
import io.opsautomator.store.StoredTask;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads everything and holds it against itself: the pages and the indexes, as SQLite does it; each
 * body against its checksum, and against the columns that were taken from it. What cannot be read
 * is noted, and the rest is read all the same. Used once.
 */
final class Inspection {
  /** Stands for a column that the body knows nothing of. */
  private static final String ELSEWHERE = "elsewhere";

  private final Session session;
  private final Instant now;
  private final Map<String, Long> items = new LinkedHashMap<>();
  private final List<String> faults = new ArrayList<>();
  private final List<String> pending = new ArrayList<>();
  private final Loose loose;

  private Inspection(Session session, Instant now) {
    this.session = session;
    this.now = now;
    this.loose = new Loose(session);
  }

  /**
   * @param now leases that end before it count as over
   */
  static Check of(Session session, Instant now) throws SQLException {
    session.execute("BEGIN");
    try {
      Inspection inspection = new Inspection(session, now);
      inspection.pages();
      inspection.tables();
      inspection.guarded("references", inspection::references);
      return inspection.result();
    } finally {
      session.execute("COMMIT");
    }
  }

  private Check result() throws SQLException {
    int schema =
        session
            .first(row -> row.getInt(1), "SELECT value FROM meta WHERE key = 'schema'")
            .orElse(0);
    return new Check(schema, items, faults, loose.stray(), pending);
  }

  /** Something that reads, and may meet what is damaged. */
  @FunctionalInterface
  private interface Reading {
    void run() throws SQLException;
  }

  private void guarded(String what, Reading reading) {
    try {
      reading.run();
    } catch (SQLException e) {
      session.forget();
      faults.add(what + ": " + e.getMessage());
    }
  }

  private void pages() {
    guarded(
        "pages",
        () -> {
          faults.addAll(session.all(row -> row.getString(1), "PRAGMA integrity_check"));
          faults.remove("ok");
        });
  }

  private void references() throws SQLException {
    loose.find();
    pending.addAll(loose.pending());
  }

  // -- Tables -------------------------------------------------------------------------------------

  private void tables() {
    table("task", StoredTask.class, "name, next", Inspection::columns, loose::task);
    table("run", Run.class, "id, task, state, at, watch, ended", Inspection::columns, run -> {});
    table("slice", Slice.class, "run, scope", Inspection::columns, slice -> {});
    table("page", Page.class, "run, scope, number", Inspection::columns, page -> {});
    table(
        "batch",
        Batch.class,
        "run, grouping, number, open, last",
        Inspection::columns,
        batch -> {});
    table("execution", Execution.class, "id, run, status", Inspection::columns, this::lease);
    table("gate", Gate.class, "key", gate -> texts(gate.key().value()), loose::gate);
    table("budget", Budget.class, "window, ends", Inspection::columns, budget -> {});
  }

  private <T extends Record> void table(
      String table,
      Class<T> type,
      String names,
      Function<T, List<String>> columns,
      Consumer<T> then) {
    long[] count = {0};
    guarded(
        table,
        () ->
            session.each(
                row -> {
                  count[0]++;
                  row(row, table, type, names.split(", ", -1), columns).ifPresent(then);
                },
                "SELECT body, " + names + " FROM " + table));
    items.put(table, count[0]);
  }

  private <T extends Record> Optional<T> row(
      ResultSet row, String table, Class<T> type, String[] names, Function<T, List<String>> columns)
      throws SQLException {
    String called = table + " " + row.getString(2);
    try {
      T item = Bodies.read(type, text(row.getString(1)));
      List<String> expected = columns.apply(item);
      for (int i = 0; i < names.length; i++) {
        compare(called, names[i], text(row.getString(i + 2)), expected.get(i));
      }
      return Optional.of(item);
    } catch (StoreException e) {
      faults.add(called + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private void compare(String called, String name, String stored, String expected) {
    if (name.equals("ended") && stored.equals(History.GOING)) {
      pending.add(called + " is being purged");
    } else if (!expected.equals(ELSEWHERE) && !expected.equals(stored)) {
      faults.add(
          "%s: its column %s is %s, where its body says %s"
              .formatted(called, name, stored, expected));
    }
  }

  private static String text(@Nullable Object value) {
    return String.valueOf(value);
  }

  private static List<String> texts(@Nullable Object... values) {
    return Arrays.stream(values).map(Inspection::text).toList();
  }

  private static List<String> columns(StoredTask task) {
    boolean enabled = task.state() == StoredTask.State.ENABLED;
    return texts(task.name().value(), sortable(task.clock().next().filter(next -> enabled)));
  }

  private static List<String> columns(Run run) {
    Optional<Instant> watch = Optional.of(run.watchAt()).filter(at -> run.watched());
    return texts(
        run.id().value(),
        run.task().value(),
        run.state(),
        sortable(run.cause().at()),
        sortable(watch),
        sortable(RunRules.endedAt(run)));
  }

  private static List<String> columns(Slice slice) {
    return texts(ELSEWHERE, slice.scope().key());
  }

  private static List<String> columns(Page page) {
    return texts(ELSEWHERE, page.slice().key(), page.number());
  }

  private static List<String> columns(Batch batch) {
    return texts(
        ELSEWHERE,
        batch.id().group(),
        batch.id().number(),
        batch.full() ? 0 : 1,
        batch.last() ? 1 : 0);
  }

  private static List<String> columns(Execution execution) {
    return texts(execution.id().value(), execution.origin().run().value(), execution.status());
  }

  private static List<String> columns(Budget budget) {
    return texts(budget.window(), sortable(BudgetRules.end(budget.window())));
  }

  private void lease(Execution execution) {
    if (execution.lease().filter(lease -> lease.until().isBefore(now)).isPresent()) {
      pending.add(
          "execution %s is RUNNING, but its worker is gone since %s"
              .formatted(execution.id().value(), execution.lease().orElseThrow().until()));
    }
  }
}
