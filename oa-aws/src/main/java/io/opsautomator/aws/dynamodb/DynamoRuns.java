package io.opsautomator.aws.dynamodb;

import io.opsautomator.aws.dynamodb.Table.Expression;
import io.opsautomator.store.Run;
import io.opsautomator.store.RunRules;
import io.opsautomator.store.Runs;
import io.opsautomator.store.StoreException;
import io.opsautomator.store.StoredTask;
import io.opsautomator.store.StoredTask.Clock;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Runs, each an item in a partition that it shares with its selection. What moves a task and its
 * runs together is a transaction over the images at hand: if any of them is no longer so, nothing
 * is written, the images are read, and the rules decide anew.
 */
final class DynamoRuns implements Runs {
  private static final int REMEMBERED = 2_000;
  private static final int AT_A_TIME = 100;

  private final Table table;
  private final Tokens tokens;
  private final DueIndex due;
  private final History history;
  private final Optimistic<RunId, Run> runs;
  private final Optimistic<TaskName, StoredTask> tasks;

  DynamoRuns(Table table, Tokens tokens, Bodies bodies, Optimistic<TaskName, StoredTask> tasks) {
    this.table = table;
    this.tokens = tokens;
    this.tasks = tasks;
    this.due = new DueIndex(table, RunForm::due);
    this.history = new History(table);
    this.runs = new Optimistic<>(table, tokens, new Images<>(REMEMBERED), new RunForm(bodies));
  }

  // -- Firing -------------------------------------------------------------------------------------

  @Override
  public Write<StoredTask> fire(StoredTask asRead, Clock after, List<Run> fresh) {
    Map<RunId, Run> wanted = new LinkedHashMap<>();
    fresh.forEach(run -> wanted.put(run.id(), run));
    history.add(wanted.values());
    TaskName name = asRead.name();
    Optional<Stored<StoredTask>> stored =
        tasks.images().find(name).filter(it -> RunRules.mayFire(it.item(), asRead));
    boolean remembered = stored.isPresent();
    stored = stored.or(() -> tasks.find(name));
    for (int i = 0; i < Table.TRIES; i++) {
      if (stored.isEmpty()) {
        return new Write.Absent<>();
      }
      StoredTask task = stored.get().item();
      boolean known = wanted.isEmpty() && !fresh.isEmpty();
      Clock clock = RunRules.fired(task.clock(), after, known);
      if (!RunRules.mayFire(task, asRead) || known && clock.equals(task.clock())) {
        if (!remembered) {
          return new Write.Refused<>(task);
        }
      } else if (fired(stored.get(), task.withClock(clock), wanted)) {
        return new Write.Applied<>(task.withClock(clock));
      }
      remembered = false;
      stored = tasks.find(name);
    }
    throw contended(Key.task(name));
  }

  /** If not, those of {@code wanted} that are there already are taken out. */
  private boolean fired(Stored<StoredTask> task, StoredTask next, Map<RunId, Run> wanted) {
    String token = tokens.next();
    if (wanted.isEmpty()) {
      return tasks.write(next.name(), Optional.of(task), same(task, next))
          instanceof Write.Applied<StoredTask>;
    }
    List<TransactWriteItem> writes = new ArrayList<>();
    writes.add(putting(tasks, task, next, token));
    List<Run> made = List.copyOf(wanted.values());
    made.forEach(run -> writes.add(table.putting(runs.form(run, 1, token), Expression.FRESH)));
    tasks.images().forget(next.name());
    List<Optional<Row>> obstacles = table.transact(writes, token);
    if (obstacles.isEmpty()) {
      made.forEach(run -> runs.images().keep(run.id(), new Stored<>(run, 1, token)));
      tasks.images().keep(next.name(), new Stored<>(next, task.version() + 1, token));
      return true;
    }
    for (int i = 0; i < made.size(); i++) {
      if (obstacles.get(i + 1).isPresent()) {
        wanted.remove(made.get(i).id());
      }
    }
    return false;
  }

  /** Applies to that very image only. */
  private static <T> Function<T, Write<T>> same(Stored<T> image, T next) {
    return now -> now.equals(image.item()) ? new Write.Applied<>(next) : new Write.Refused<>(now);
  }

  private <K, T> TransactWriteItem putting(
      Optimistic<K, T> writes, Stored<T> over, T next, String token) {
    return table.putting(
        writes.form(next, over.version() + 1, token), Expression.unchanged(over.version()));
  }

  @Override
  public Write<Run> insert(Run run) {
    history.add(List.of(run));
    return runs.insert(run.id(), run);
  }

  // -- Moving -------------------------------------------------------------------------------------

  @Override
  public Write<Moved> move(RunId id, int drive, Run.State from, Run.State to, Run.Summary summary) {
    Optional<Stored<Run>> stored =
        runs.images().find(id).filter(it -> RunRules.mayMove(it.item(), drive, from));
    stored = stored.or(() -> runs.find(id));
    for (int i = 0; i < Table.TRIES; i++) {
      if (stored.isEmpty()) {
        return new Write.Absent<>();
      }
      Run run = stored.get().item();
      if (!RunRules.mayMove(run, drive, from)) {
        return new Write.Refused<>(new Moved(run, Optional.empty()));
      }
      Optional<Moved> moved = moved(stored.get(), run.with(to, summary));
      if (moved.isPresent()) {
        return new Write.Applied<>(moved.get());
      }
      stored = runs.find(id);
    }
    throw contended(Key.ofRun(id));
  }

  /** Empty when something else has changed meanwhile. */
  private Optional<Moved> moved(Stored<Run> run, Run next) {
    Optional<Stored<StoredTask>> task =
        next.state().ended() ? tasks.find(next.task()) : Optional.empty();
    Optional<Clock> clock =
        task.map(it -> RunRules.without(it.item().clock(), next.id()))
            .filter(it -> !it.equals(task.orElseThrow().item().clock()));
    if (clock.isEmpty()) {
      return runs.write(next.id(), Optional.of(run), same(run, next)) instanceof Write.Applied<Run>
          ? Optional.of(new Moved(next, Optional.empty()))
          : Optional.empty();
    }
    Stored<StoredTask> open = task.orElseThrow();
    Optional<Stored<Run>> waiting = RunRules.successor(open.item(), next.id()).flatMap(runs::find);
    Optional<Run> opened =
        waiting.map(it -> it.item().with(Run.State.SELECTING, it.item().summary()));
    String token = tokens.next();
    List<TransactWriteItem> writes = new ArrayList<>();
    writes.add(putting(runs, run, next, token));
    writes.add(putting(tasks, open, open.item().withClock(clock.get()), token));
    waiting.ifPresent(it -> writes.add(putting(runs, it, opened.orElseThrow(), token)));
    forget(next, opened);
    return table.transact(writes, token).isEmpty()
        ? Optional.of(new Moved(next, opened))
        : Optional.empty();
  }

  private void forget(Run run, Optional<Run> other) {
    runs.images().forget(run.id());
    tasks.images().forget(run.task());
    other.ifPresent(it -> runs.images().forget(it.id()));
  }

  @Override
  public Write<Run> redrive(
      RunId id, int expectedDrive, Set<ExecutionId> uncertain, Instant watchAt, boolean alone) {
    for (int i = 0; i < Table.TRIES; i++) {
      Optional<Stored<Run>> stored = runs.find(id);
      if (stored.isEmpty()) {
        return new Write.Absent<>();
      }
      Run run = stored.get().item();
      Optional<Stored<StoredTask>> task = alone ? tasks.find(run.task()) : Optional.empty();
      Optional<Clock> clock = task.flatMap(it -> RunRules.opening(it.item().clock(), id));
      if (!RunRules.mayRedrive(run, expectedDrive) || task.isPresent() && clock.isEmpty()) {
        return new Write.Refused<>(run);
      }
      Run next = RunRules.redriven(run, uncertain, watchAt);
      String token = tokens.next();
      List<TransactWriteItem> writes = new ArrayList<>();
      writes.add(putting(runs, stored.get(), next, token));
      task.ifPresent(
          it -> writes.add(putting(tasks, it, it.item().withClock(clock.orElseThrow()), token)));
      forget(run, Optional.empty());
      if (table.transact(writes, token).isEmpty()) {
        return new Write.Applied<>(next);
      }
    }
    throw contended(Key.ofRun(id));
  }

  @Override
  public Write<Run> settled(RunId id, int drive) {
    return runs.write(
        id,
        stored ->
            RunRules.settled(stored, drive)
                .<Write<Run>>map(Write.Applied::new)
                .orElseGet(() -> new Write.Refused<>(stored)));
  }

  @Override
  public Write<Run> watched(RunId id, Instant asRead, Instant next) {
    return runs.write(
        id,
        stored ->
            stored.watchAt().equals(asRead)
                ? new Write.Applied<>(stored.watchedNext(next))
                : new Write.Refused<>(stored));
  }

  // -- Finding ------------------------------------------------------------------------------------

  @Override
  public List<Run> toWatch(Instant upTo, int limit) {
    Iterator<Row> keys = due.until(upTo, limit);
    List<Run> found = new ArrayList<>();
    while (found.size() < limit && keys.hasNext()) {
      List<RunId> ids = new ArrayList<>();
      while (ids.size() < Math.min(AT_A_TIME, limit - found.size()) && keys.hasNext()) {
        ids.add(new RunId(keys.next().key().pk().substring("R#".length())));
      }
      stored(ids).stream()
          .filter(run -> run.watched() && !run.watchAt().isAfter(upTo))
          .forEach(found::add);
    }
    found.sort(Comparator.comparing(Run::watchAt).thenComparing(run -> run.id().value()));
    return found;
  }

  private List<Run> stored(List<RunId> ids) {
    List<Run> found = new ArrayList<>();
    for (Row row : table.find(ids.stream().map(Key::ofRun).toList())) {
      Stored<Run> image = runs.read(row);
      runs.seen(image.item().id(), Optional.of(image));
      found.add(image.item());
    }
    return found;
  }

  @Override
  public Optional<Instant> nextWatch() {
    return due.first();
  }

  @Override
  public Optional<Run> find(RunId run) {
    return runs.find(run).map(Stored::item);
  }

  @Override
  public List<Run> history(Optional<TaskName> task, int limit) {
    Iterator<List<RunId>> parts = history.newestFirst(task, limit);
    Set<RunId> seen = new HashSet<>();
    List<Run> found = new ArrayList<>();
    while (found.size() < limit && parts.hasNext()) {
      List<RunId> some = parts.next().stream().filter(seen::add).toList();
      stored(some).stream().sorted(History.ORDER).forEach(found::add);
    }
    return found.stream().limit(limit).toList();
  }

  /** For the purge, which asks again before it removes anything. */
  Optional<Stored<Run>> stored(RunId id) {
    return runs.find(id);
  }

  void forget(RunId id) {
    runs.images().forget(id);
  }

  private static StoreException contended(Key key) {
    return new StoreException(
        "%s was changed by others %d times in a row: try again".formatted(key, Table.TRIES));
  }
}
