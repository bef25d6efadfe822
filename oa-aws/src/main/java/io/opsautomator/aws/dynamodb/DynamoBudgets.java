package io.opsautomator.aws.dynamodb;

import io.opsautomator.store.Budget;
import io.opsautomator.store.BudgetRules;
import io.opsautomator.store.Budgets;
import io.opsautomator.store.Write;
import io.opsautomator.task.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Budgets: few windows of time, written once for each run. */
final class DynamoBudgets implements Budgets {
  private static final Duration KEPT = Duration.ofDays(90);
  private static final int REMEMBERED = 100;

  private final Table table;
  private final Optimistic<String, Budget> writes;

  DynamoBudgets(Table table, Tokens tokens, Bodies bodies) {
    this.table = table;
    this.writes = new Optimistic<>(table, tokens, new Images<>(REMEMBERED), new Form(bodies));
  }

  private record Form(Bodies bodies) implements Optimistic.Form<String, Budget> {
    @Override
    public Key at(String window) {
      return Key.budget(window);
    }

    @Override
    public Map<String, AttributeValue> write(Budget budget, long version, String writer) {
      Item item = Forms.item(at(budget.window()), version, writer);
      BudgetRules.end(budget.window())
          .ifPresent(end -> item.put(Shape.TTL, end.plus(KEPT).getEpochSecond()));
      return bodies.fitting(bodies.put(item, "budget", budget));
    }

    @Override
    public Stored<Budget> read(Row row) {
      return bodies.read(Budget.class, row);
    }
  }

  @Override
  public Write<Budget> reserve(String window, RunId run, int amount, int limit) {
    Budget none = new Budget(window, Map.of());
    Optional<Stored<Budget>> stored = writes.recall(window);
    if (stored.isEmpty()) {
      Write<Budget> first = BudgetRules.reserve(none, run, amount, limit);
      if (!(first instanceof Write.Applied<Budget> applied)
          || writes.insert(window, applied.now()) instanceof Write.Applied<Budget>) {
        return first;
      }
    }
    Write<Budget> write = writes.write(window, now -> BudgetRules.reserve(now, run, amount, limit));
    return write instanceof Write.Absent<Budget> ? reserve(window, run, amount, limit) : write;
  }

  @Override
  public Optional<Budget> find(String window) {
    return writes.find(window).map(Stored::item);
  }

  void purge(Instant endedBefore) {
    List<Key> gone = new ArrayList<>();
    Iterator<Row> windows = table.query(Key.BUDGETS).only("pk, sk").rows();
    while (windows.hasNext()) {
      Key key = windows.next().key();
      if (BudgetRules.end(key.sk()).filter(endedBefore::isAfter).isPresent()) {
        gone.add(key);
        writes.images().forget(key.sk());
      }
    }
    table.write(List.of(), gone);
  }
}
