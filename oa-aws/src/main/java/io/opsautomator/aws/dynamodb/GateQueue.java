package io.opsautomator.aws.dynamodb;

import io.opsautomator.aws.dynamodb.Table.Expression;
import io.opsautomator.store.GateKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Those who wait behind a gate's window: pages of up to 25, oldest first, each under the name that
 * they were queued by and the place of its first. A page is put before the gate says that there is
 * more, and removed by the very transaction that takes it into the window; whom others push out of
 * the window goes onto a page in the transaction that does it. So nobody is lost, and nobody is
 * there twice unless who queued him has died in between and does it again.
 */
final class GateQueue {
  static final int PAGE = 25;

  /** In a transaction, beside the gate. */
  private static final int MOST_PAGES = Table.MOST_IN_TRANSACTION - 1;

  private static final String ORDER = "o";
  private static final String TICKET = "t";

  private final Table table;

  GateQueue(Table table) {
    this.table = table;
  }

  /** Who has a place already keeps it. */
  void add(GateKey key, List<Waiting> some) {
    pages(key, some).forEach((page, each) -> table.update(page, addition(each)));
  }

  /** The same as part of a transaction. */
  List<TransactWriteItem> additions(GateKey key, List<Waiting> some) {
    return pages(key, some).entrySet().stream()
        .map(page -> table.updating(page.getKey(), addition(page.getValue())))
        .toList();
  }

  private static Map<Key, List<Waiting>> pages(GateKey key, List<Waiting> some) {
    return some.stream()
        .collect(
            Collectors.groupingBy(
                each -> Key.queued(key, each.order(), each.place() / PAGE),
                LinkedHashMap::new,
                Collectors.toList()));
  }

  private static Expression addition(List<Waiting> some) {
    Map<String, AttributeValue> values = new HashMap<>();
    StringBuilder update =
        new StringBuilder("SET f = :f, o = :o, v = if_not_exists(v, :zero) + :one");
    values.put(":f", Item.number(Forms.CURRENT));
    values.put(":o", Item.text(some.get(0).order()));
    values.put(":zero", Item.number(0));
    values.put(":one", Item.number(1));
    for (Waiting each : some) {
      String name = TICKET + each.place();
      update.append(", %s = if_not_exists(%s, :%s)".formatted(name, name, name));
      values.put(":" + name, Tickets.value(each.ticket()));
    }
    return new Expression(update.toString(), "", Map.of(), values);
  }

  /**
   * The head of the queue, pages and all.
   *
   * @param more whether there are pages behind it
   * @param removals of the pages, as they were read
   */
  record Head(List<Waiting> waiting, boolean more, List<TransactWriteItem> removals) {}

  /**
   * Whole pages of the oldest: so many that at least this number wait on them, if they do and one
   * transaction can remove as many; and whatever more a window has room for, so that small pages do
   * not have to be taken one by one.
   */
  Head head(GateKey key, int wanted) {
    List<Waiting> waiting = new ArrayList<>();
    List<TransactWriteItem> removals = new ArrayList<>();
    int likely = (wanted + PAGE - 1) / PAGE + 1;
    Iterator<Row> pages = table.query(Key.queue(key)).atATime(likely).growing().rows();
    while (pages.hasNext()) {
      Row page = pages.next();
      List<Waiting> some = read(page);
      boolean enough = waiting.size() >= wanted && waiting.size() + some.size() > PAGE;
      if (enough || removals.size() == MOST_PAGES) {
        return new Head(waiting, true, removals);
      }
      waiting.addAll(some);
      removals.add(table.deleting(page.key(), Expression.unchanged(page.number(Shape.VERSION))));
    }
    return new Head(waiting, false, removals);
  }

  private static List<Waiting> read(Row page) {
    Forms.require(page);
    String order = page.text(ORDER);
    List<Waiting> waiting = new ArrayList<>();
    page.attributes()
        .forEach(
            (name, value) -> {
              if (name.startsWith(TICKET) && !name.equals(Shape.TTL)) {
                int place = Integer.parseInt(name.substring(TICKET.length()));
                waiting.add(new Waiting(order, place, Tickets.read(value)));
              }
            });
    waiting.sort(Waiting.AGE);
    return waiting;
  }

  /** All of it. */
  void remove(GateKey key) {
    List<Key> pages =
        table.query(Key.queue(key)).only("pk, sk").all().stream().map(Row::key).toList();
    table.write(List.of(), pages);
  }
}
