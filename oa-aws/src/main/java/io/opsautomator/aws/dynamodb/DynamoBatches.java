package io.opsautomator.aws.dynamodb;

import io.opsautomator.aws.dynamodb.Table.Answer;
import io.opsautomator.aws.dynamodb.Table.Expression;
import io.opsautomator.store.Batch;
import io.opsautomator.store.BatchId;
import io.opsautomator.store.SelectionRules;
import io.opsautomator.store.Selections.Ends;
import io.opsautomator.store.Selections.Tally;
import io.opsautomator.store.StoreException;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Batches. What never changes of one - which executions there are - is an item; what has ended is
 * another, small one, to which ends are added as numbers to sets: adding twice is adding once, and
 * nobody has to have seen it. A mark beside them stands while the batch is open, so that whether
 * any is open is one look; it carries the drive, so that who closes an earlier drive leaves it
 * standing. A mark that outlived its batch is found, and removed, by that look.
 */
final class DynamoBatches {
  private static final String EXECUTIONS = "x";
  private static final String GROUP = "bg";
  private static final String NUMBER = "bn";
  private static final String LAST = "last";
  private static final String SIZE = "n";
  private static final String DRIVE = "dr";
  private static final String SUCCEEDED = "ok";
  private static final String FAILED = "ko";
  private static final String NOT_STARTED = "nb";
  private static final String OPEN = "O#";
  private static final String WHOLE = "L#";

  private final Table table;
  private final Tokens tokens;
  private final Texts texts;

  DynamoBatches(Table table, Tokens tokens, Texts texts) {
    this.table = table;
    this.tokens = tokens;
    this.texts = texts;
  }

  Write<Batch> add(RunId run, Batch batch) {
    String token = tokens.next();
    List<TransactWriteItem> writes = new ArrayList<>();
    writes.add(table.putting(fixed(run, batch, token), Expression.FRESH));
    writes.add(table.putting(counted(run, batch, 1, token), Expression.FRESH));
    if (!batch.full()) {
      writes.add(mark(run, batch));
    }
    if (batch.last()) {
      Item whole = Item.at(Key.whole(run, batch.id().group())).put(GROUP, batch.id().group());
      writes.add(table.putting(whole.attributes(), Expression.ANY));
    }
    return table.transact(writes, token).isEmpty()
        ? new Write.Applied<>(batch)
        : new Write.Refused<>(require(run, batch.id()));
  }

  private TransactWriteItem mark(RunId run, Batch batch) {
    Item mark = Item.at(Key.open(run, batch.id())).put(DRIVE, batch.drive());
    id(mark, batch.id());
    return table.putting(mark.attributes(), Expression.ANY);
  }

  private static void id(Item item, BatchId id) {
    item.put(GROUP, id.group()).put(NUMBER, id.number());
  }

  private static BatchId id(Row row) {
    return new BatchId(row.text(GROUP), row.count(NUMBER));
  }

  private Map<String, AttributeValue> fixed(RunId run, Batch batch, String token) {
    String ids =
        batch.executions().stream().map(ExecutionId::value).collect(Collectors.joining(","));
    Item item =
        Forms.item(Key.batch(run, batch.id()), 1, token)
            .put(EXECUTIONS, texts.pack(Texts.owner(run), ids))
            .flagged(LAST, batch.last());
    id(item, batch.id());
    return texts.fitting(item.attributes());
  }

  private static Map<String, AttributeValue> counted(
      RunId run, Batch batch, long version, String token) {
    Item item =
        Forms.item(Key.tally(run, batch.id()), version, token)
            .put(SIZE, batch.executions().size())
            .put(DRIVE, batch.drive())
            .unlessEmpty(SUCCEEDED, batch.succeeded())
            .unlessEmpty(FAILED, batch.failed())
            .unlessEmpty(NOT_STARTED, batch.notStarted());
    id(item, batch.id());
    return item.attributes();
  }

  List<ExecutionId> executions(Row fixed) {
    String ids = texts.unpack(fixed.value(EXECUTIONS));
    return ids.isEmpty()
        ? List.of()
        : Arrays.stream(ids.split(",", -1)).map(ExecutionId::new).toList();
  }

  /** What is counted, by the rule that says which report of an execution stays. */
  private static Batch counted(Row tally, List<ExecutionId> executions, boolean last) {
    int drive = tally.count(DRIVE);
    Batch fresh = new Batch(id(tally), executions, last, drive, Set.of(), Set.of(), Set.of());
    Ends ends =
        new Ends(tally.numbers(SUCCEEDED), tally.numbers(FAILED), tally.numbers(NOT_STARTED));
    return SelectionRules.ended(fresh, drive, ends);
  }

  private static boolean full(Row tally) {
    Set<Integer> all = tally.numbers(SUCCEEDED);
    all.addAll(tally.numbers(FAILED));
    all.addAll(tally.numbers(NOT_STARTED));
    return all.size() >= tally.count(SIZE);
  }

  // -- Ends ---------------------------------------------------------------------------------------

  Tally ended(RunId run, BatchId id, int drive, Ends ends) {
    Optional<Row> tally = counted(run, id, drive, ends);
    if (tally.isEmpty() || !full(tally.get())) {
      return new Tally(false, false);
    }
    close(run, tally.get());
    String marks = OPEN + id.group() + " ";
    boolean groupFull =
        table.query(Key.run(run)).beginningWith(marks).first(1).isEmpty()
            && table.get(Key.whole(run, id.group())).isPresent();
    return new Tally(true, groupFull);
  }

  /** As it is then, whether or not these ends count in its drive. */
  private Optional<Row> counted(RunId run, BatchId id, int drive, Ends ends) {
    Map<String, AttributeValue> values = new HashMap<>();
    List<String> additions = new ArrayList<>();
    addition(SUCCEEDED, ends.succeeded(), values, additions);
    addition(FAILED, ends.failed(), values, additions);
    addition(NOT_STARTED, ends.notStarted(), values, additions);
    if (additions.isEmpty()) {
      return table.get(Key.tally(run, id));
    }
    values.put(":one", Item.number(1));
    values.put(":drive", Item.number(drive));
    String update = "SET v = v + :one ADD " + String.join(", ", additions);
    Answer answer =
        table.update(Key.tally(run, id), new Expression(update, "dr = :drive", Map.of(), values));
    return answer.absent() ? Optional.empty() : Optional.of(answer.row());
  }

  private static void addition(
      String name, Set<Integer> ends, Map<String, AttributeValue> values, List<String> additions) {
    if (!ends.isEmpty()) {
      values.put(":" + name, Item.numbers(ends));
      additions.add(name + " :" + name);
    }
  }

  /** Unless it has been opened for another drive since. */
  private void close(RunId run, Row tally) {
    table.delete(
        Key.open(run, id(tally)),
        new Expression(
            "", "dr = :drive", Map.of(), Map.of(":drive", Item.number(tally.number(DRIVE)))));
  }

  Batch reopen(RunId run, BatchId id, int drive) {
    for (int i = 0; i < Table.TRIES; i++) {
      Batch stored = require(run, id);
      Row tally = table.get(Key.tally(run, id)).orElseThrow(() -> SelectionRules.noBatch(run, id));
      Batch now = counted(tally, stored.executions(), stored.last());
      Batch next = SelectionRules.reopened(now, drive);
      if (next.equals(now)) {
        return now;
      }
      long version = tally.number(Shape.VERSION);
      String token = tokens.next();
      List<TransactWriteItem> writes = new ArrayList<>();
      writes.add(
          table.putting(counted(run, next, version + 1, token), Expression.unchanged(version)));
      if (!next.full()) {
        writes.add(mark(run, next));
      }
      if (table.transact(writes, token).isEmpty()) {
        return next;
      }
    }
    throw new StoreException(
        "%s was changed by others %d times in a row: try again"
            .formatted(Key.tally(run, id), Table.TRIES));
  }

  // -- Finding ------------------------------------------------------------------------------------

  private Batch require(RunId run, BatchId id) {
    Map<String, Row> rows = new HashMap<>();
    table
        .find(List.of(Key.batch(run, id), Key.tally(run, id)))
        .forEach(row -> rows.put(row.key().sk(), row));
    Row fixed = rows.get(Key.batch(run, id).sk());
    Row tally = rows.get(Key.tally(run, id).sk());
    if (fixed == null || tally == null) {
      throw SelectionRules.noBatch(run, id);
    }
    return counted(tally, executions(fixed), fixed.flag(LAST));
  }

  List<Batch> list(RunId run, Optional<BatchId> after, int limit) {
    String from = after.map(id -> Key.batch(run, id).sk() + "!").orElse("D#");
    List<Row> fixed = table.query(Key.run(run)).between(from, "D$").first(limit);
    if (fixed.isEmpty()) {
      return List.of();
    }
    BatchId first = id(fixed.get(0));
    BatchId last = id(fixed.get(fixed.size() - 1));
    Map<BatchId, Row> tallies = new HashMap<>();
    table
        .query(Key.run(run))
        .between(Key.tally(run, first).sk(), Key.tally(run, last).sk())
        .all()
        .forEach(row -> tallies.put(id(row), row));
    List<Batch> batches = new ArrayList<>();
    for (Row row : fixed) {
      Optional.ofNullable(tallies.get(id(row)))
          .ifPresent(tally -> batches.add(counted(tally, executions(row), row.flag(LAST))));
    }
    return batches;
  }

  boolean anyOpen(RunId run) {
    Iterator<Row> marks = table.query(Key.run(run)).beginningWith(OPEN).atATime(1).rows();
    while (marks.hasNext()) {
      Row mark = marks.next();
      Optional<Row> tally = table.get(Key.tally(run, id(mark)));
      boolean over =
          tally.filter(it -> full(it) && it.number(DRIVE) == mark.number(DRIVE)).isPresent();
      if (!over) {
        return true;
      }
      close(run, tally.orElseThrow());
    }
    return false;
  }

  Set<String> wholeGroups(RunId run) {
    return table.query(Key.run(run)).beginningWith(WHOLE).all().stream()
        .map(row -> row.text(GROUP))
        .collect(Collectors.toUnmodifiableSet());
  }
}
