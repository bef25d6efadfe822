package io.opsautomator.sqlite;

import io.opsautomator.store.Budget;
import io.opsautomator.store.BudgetRules;
import io.opsautomator.store.Budgets;
import io.opsautomator.store.Write;
import io.opsautomator.task.RunId;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** Budgets by window. */
final class SqliteBudgets implements Budgets {
  private static final Session.Row<Budget> BUDGET = Bodies.of(Budget.class);

  private final Database database;

  SqliteBudgets(Database database) {
    this.database = database;
  }

  @Override
  public Write<Budget> reserve(String window, RunId run, int amount, int limit) {
    return database.write(
        session -> {
          Budget stored = find(session, window).orElseGet(() -> new Budget(window, Map.of()));
          Write<Budget> write = BudgetRules.reserve(stored, run, amount, limit);
          if (write instanceof Write.Applied<Budget> applied && !applied.now().equals(stored)) {
            keep(session, applied.now());
          }
          return write;
        });
  }

  @Override
  public Optional<Budget> find(String window) {
    return database.read(session -> find(session, window));
  }

  private static Optional<Budget> find(Session session, String window) throws SQLException {
    return session.first(BUDGET, "SELECT body FROM budget WHERE window = ?", window);
  }

  private static void keep(Session session, Budget budget) throws SQLException {
    session.write(
        "INSERT INTO budget (window, ends, body) VALUES (?, ?, ?)"
            + " ON CONFLICT (window) DO UPDATE SET body = excluded.body",
        budget.window(),
        Bodies.sortable(BudgetRules.end(budget.window())),
        Bodies.text(budget));
  }
}
