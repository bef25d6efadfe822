package io.opsautomator.aws.dynamodb;

import io.opsautomator.aws.dynamodb.Table.Expression;
import io.opsautomator.store.Run;
import io.opsautomator.store.RunRules;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Forgets runs that have ended, with what belongs to them. The run goes first, if it is still as it
 * was looked at, so that none that is driven again loses anything; its lines in the history go
 * last, so that a purge that was cut short is taken up by the next, as is a line whose run never
 * came to be. A run at a time, a part at a time.
 */
final class Purge {
  /** A run's end may be told by another clock than its beginning. */
  private static final Duration SLACK = Duration.ofMinutes(1);

  private static final int AT_A_TIME = 100;

  private final Table table;
  private final Texts texts;
  private final DynamoRuns runs;
  private final DynamoGates gates;
  private final DynamoBatches batches;
  private final History history;

  Purge(Table table, Texts texts, DynamoRuns runs, DynamoGates gates, DynamoBatches batches) {
    this.table = table;
    this.texts = texts;
    this.runs = runs;
    this.gates = gates;
    this.batches = batches;
    this.history = new History(table);
  }

  int runs(Instant endedBefore, int atMost) {
    int gone = 0;
    String until = Key.after(endedBefore.plus(SLACK));
    for (int shard = 0; shard < Key.SHARDS; shard++) {
      Iterator<Row> lines = history.oldestFirst(shard, until);
      while (gone < atMost && lines.hasNext()) {
        gone += run(lines.next(), endedBefore);
      }
    }
    return gone;
  }

  private int run(Row line, Instant endedBefore) {
    RunId id = History.run(line);
    Optional<Stored<Run>> stored = runs.stored(id);
    if (stored.isEmpty()) {
      if (History.notAfter(line, endedBefore)) {
        removeWhatBelongsTo(line);
      }
      return 0;
    }
    Stored<Run> run = stored.get();
    if (RunRules.endedAt(run.item()).filter(endedBefore::isAfter).isEmpty()
        || !table.delete(Key.ofRun(id), Expression.unchanged(run.version()))) {
      return 0;
    }
    runs.forget(id);
    removeWhatBelongsTo(line);
    return 1;
  }

  private void removeWhatBelongsTo(Row line) {
    belongings(History.run(line));
    table.write(List.of(), History.both(line));
  }

  private void belongings(RunId run) {
    Iterator<Row> rows = table.query(Key.run(run)).atATime(AT_A_TIME).rows();
    while (rows.hasNext()) {
      List<Key> executions = new ArrayList<>();
      List<Key> ofRun = new ArrayList<>();
      for (int i = 0; i < AT_A_TIME && rows.hasNext(); i++) {
        Row row = rows.next();
        OwnGates.told(row).ifPresent(gates::remove);
        executions(row).forEach(execution -> executions.add(Key.execution(execution)));
        ofRun.add(row.key());
      }
      table.write(List.of(), executions);
      table.write(List.of(), ofRun); // Last, for they lead to what is gone.
    }
    texts.remove(Texts.owner(run));
  }

  private List<ExecutionId> executions(Row row) {
    return row.key().sk().startsWith("D#") ? batches.executions(row) : List.of();
  }
}
