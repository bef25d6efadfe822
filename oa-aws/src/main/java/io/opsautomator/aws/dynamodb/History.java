package io.opsautomator.aws.dynamodb;

import io.opsautomator.store.Run;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Which runs there were, by when they were triggered: a line with the task, and one in shards for
 * all tasks. Lines are put before the run, so one may tell of a run that never came to be; who
 * reads them looks for the run.
 */
final class History {
  /** Newest first; of the same instant by id. */
  static final Comparator<Run> ORDER =
      Comparator.<Run, Instant>comparing(run -> run.cause().at())
          .reversed()
          .thenComparing(run -> run.id().value());

  private static final Comparator<Row> NEWEST =
      Comparator.<Row, String>comparing(History::moment).reversed();
  private static final String TASK = "task";
  private static final int LARGEST_PART = 100;

  private final Table table;

  History(Table table) {
    this.table = table;
  }

  void add(Collection<Run> runs) {
    List<Map<String, AttributeValue>> lines = new ArrayList<>();
    for (Run run : runs) {
      lines.add(Item.at(Key.history(run.task(), run.cause().at(), run.id())).attributes());
      lines.add(
          Item.at(Key.history(run.cause().at(), run.id()))
              .put(TASK, run.task().value())
              .attributes());
    }
    table.write(lines, List.of());
  }

  /** Runs in parts; what is of one instant is in one part. */
  Iterator<List<RunId>> newestFirst(Optional<TaskName> task, int limit) {
    int page = Math.min(LARGEST_PART, Math.max(1, limit));
    Iterator<Row> lines =
        task.map(name -> of(name, page))
            .orElseGet(
                () ->
                    new Merged(
                        IntStream.range(0, Key.SHARDS)
                            .mapToObj(shard -> of(shard, Math.max(2, page / 8)))
                            .toList(),
                        NEWEST));
    return new Parts(lines, page);
  }

  private Iterator<Row> of(TaskName task, int page) {
    return table
        .query(Key.task(task).pk())
        .beginningWith(Key.HISTORY)
        .newestFirst()
        .atATime(page)
        .rows();
  }

  private Iterator<Row> of(int shard, int page) {
    return table.query(Key.history(shard)).newestFirst().atATime(page).rows();
  }

  /** Of one shard, the oldest first. */
  Iterator<Row> oldestFirst(int shard, String until) {
    return table.query(Key.history(shard)).until(until).atATime(LARGEST_PART).rows();
  }

  /** Whether the run of this line of a shard was triggered at this instant or before it. */
  static boolean notAfter(Row line, Instant instant) {
    return line.key().sk().compareTo(Key.after(instant)) < 0;
  }

  static RunId run(Row line) {
    return new RunId(line.key().sk().substring(line.key().sk().lastIndexOf('#') + 1));
  }

  /** Both lines of the run that this line of a shard tells of. */
  static List<Key> both(Row line) {
    Key task = Key.task(new TaskName(line.text(TASK)));
    return List.of(new Key(task.pk(), Key.HISTORY + line.key().sk()), line.key());
  }

  private static String moment(Row line) {
    String sk = line.key().sk();
    return sk.startsWith(Key.HISTORY) ? sk.substring(Key.HISTORY.length()) : sk;
  }

  private static String instant(Row line) {
    String moment = moment(line);
    return moment.substring(0, moment.indexOf('#'));
  }

  private static final class Parts implements Iterator<List<RunId>> {
    private final Iterator<Row> lines;
    private final int size;
    private Optional<Row> next;

    Parts(Iterator<Row> lines, int size) {
      this.lines = lines;
      this.size = size;
      this.next = line();
    }

    private Optional<Row> line() {
      return lines.hasNext() ? Optional.of(lines.next()) : Optional.empty();
    }

    @Override
    public boolean hasNext() {
      return next.isPresent();
    }

    @Override
    public List<RunId> next() {
      List<RunId> part = new ArrayList<>();
      String instant = "";
      while (next.isPresent() && (part.size() < size || instant(next.get()).equals(instant))) {
        instant = instant(next.get());
        part.add(run(next.get()));
        next = line();
      }
      if (part.isEmpty()) {
        throw new NoSuchElementException();
      }
      return part;
    }
  }
}
