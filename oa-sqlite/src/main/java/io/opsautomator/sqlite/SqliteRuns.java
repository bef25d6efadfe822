package io.opsautomator.sqlite;

import static io.opsautomator.sqlite.Bodies.sortable;

import io.opsautomator.store.Run;
import io.opsautomator.store.RunRules;
import io.opsautomator.store.Runs;
import io.opsautomator.store.StoredTask;
import io.opsautomator.store.Write;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs, with their tasks' clocks where a write is of both. */
final class SqliteRuns implements Runs {
  private static final Session.Row<Run> RUN = Bodies.of(Run.class);
  private static final String WATCHED = "FROM run WHERE watch IS NOT NULL";

  private final Database database;

  SqliteRuns(Database database) {
    this.database = database;
  }

  @Override
  public Write<StoredTask> fire(StoredTask asRead, StoredTask.Clock after, List<Run> fresh) {
    List<Run> runs = List.copyOf(fresh);
    return database.write(
        session -> {
          Optional<StoredTask> found = SqliteTasks.find(session, asRead.name());
          if (found.isEmpty()) {
            return new Write.Absent<>();
          }
          StoredTask stored = found.get();
          if (!RunRules.mayFire(stored, asRead)) {
            return new Write.Refused<>(stored);
          }
          int made = 0;
          for (Run run : runs) {
            made += add(session, run) ? 1 : 0;
          }
          boolean known = made == 0 && !runs.isEmpty();
          StoredTask.Clock clock = RunRules.fired(stored.clock(), after, known);
          if (known && clock.equals(stored.clock())) {
            return new Write.Refused<>(stored);
          }
          return new Write.Applied<>(SqliteTasks.keep(session, stored.withClock(clock)));
        });
  }

  @Override
  public Write<Run> insert(Run run) {
    return database.write(
        session ->
            add(session, run)
                ? new Write.Applied<>(run)
                : new Write.Refused<>(find(session, run.id()).orElseThrow()));
  }

  @Override
  public Write<Moved> move(RunId id, int drive, Run.State from, Run.State to, Run.Summary summary) {
    return database.write(
        session -> {
          Optional<Run> stored = find(session, id);
          if (stored.isEmpty()) {
            return new Write.Absent<>();
          }
          if (!RunRules.mayMove(stored.get(), drive, from)) {
            return new Write.Refused<>(new Moved(stored.get(), Optional.empty()));
          }
          Run moved = keep(session, stored.get().with(to, summary));
          return new Write.Applied<>(
              new Moved(moved, to.ended() ? succeed(session, moved) : Optional.empty()));
        });
  }

  private static Optional<Run> succeed(Session session, Run ended) throws SQLException {
    Optional<StoredTask> found = SqliteTasks.find(session, ended.task());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    StoredTask task = found.get();
    StoredTask.Clock clock = RunRules.without(task.clock(), ended.id());
    if (!clock.equals(task.clock())) {
      SqliteTasks.keep(session, task.withClock(clock));
    }
    Optional<RunId> next = RunRules.successor(task, ended.id());
    Optional<Run> waited = next.isEmpty() ? Optional.empty() : find(session, next.get());
    if (waited.isEmpty()) {
      return Optional.empty();
    }
    Run run = waited.get();
    return Optional.of(keep(session, run.with(Run.State.SELECTING, run.summary())));
  }

  @Override
  public Write<Run> redrive(
      RunId id, int expectedDrive, Set<ExecutionId> uncertain, Instant watchAt, boolean alone) {
    Set<ExecutionId> named = Set.copyOf(uncertain);
    return database.write(
        session -> {
          Optional<Run> found = find(session, id);
          if (found.isEmpty() || going(session, id)) {
            return new Write.Absent<>();
          }
          Run stored = found.get();
          boolean may =
              RunRules.mayRedrive(stored, expectedDrive) && (!alone || open(session, stored));
          return may
              ? new Write.Applied<>(keep(session, RunRules.redriven(stored, named, watchAt)))
              : new Write.Refused<>(stored);
        });
  }

  @Override
  public Write<Run> settled(RunId id, int drive) {
    return database.write(
        session -> {
          Optional<Run> stored = find(session, id);
          if (stored.isEmpty()) {
            return new Write.Absent<>();
          }
          Optional<Run> settled = RunRules.settled(stored.get(), drive);
          return settled.isPresent()
              ? new Write.Applied<>(keep(session, settled.get()))
              : new Write.Refused<>(stored.get());
        });
  }

  /** Whether it is being purged. */
  private static boolean going(Session session, RunId id) throws SQLException {
    return session.exists(
        "SELECT 1 FROM run WHERE id = ? AND ended = ?", id.value(), History.GOING);
  }

  /** Whether its task, if there is one, has this run open now. */
  private static boolean open(Session session, Run run) throws SQLException {
    Optional<StoredTask> task = SqliteTasks.find(session, run.task());
    if (task.isEmpty()) {
      return true;
    }
    Optional<StoredTask.Clock> clock = RunRules.opening(task.get().clock(), run.id());
    if (clock.isPresent()) {
      SqliteTasks.keep(session, task.get().withClock(clock.get()));
    }
    return clock.isPresent();
  }

  @Override
  public List<Run> toWatch(Instant upTo, int limit) {
    return database.read(
        session ->
            session.all(
                RUN,
                "SELECT body " + WATCHED + " AND watch <= ? ORDER BY watch, id LIMIT ?",
                sortable(upTo),
                limit));
  }

  @Override
  public Optional<Instant> nextWatch() {
    return database.read(
        session ->
            session
                .first(RUN, "SELECT body " + WATCHED + " ORDER BY watch, id LIMIT 1")
                .map(Run::watchAt));
  }

  @Override
  public Write<Run> watched(RunId id, Instant asRead, Instant next) {
    return database.write(
        session -> {
          Optional<Run> stored = find(session, id);
          if (stored.isEmpty()) {
            return new Write.Absent<>();
          }
          return stored.get().watchAt().equals(asRead)
              ? new Write.Applied<>(keep(session, stored.get().watchedNext(next)))
              : new Write.Refused<>(stored.get());
        });
  }

  @Override
  public Optional<Run> find(RunId run) {
    return database.read(session -> find(session, run));
  }

  @Override
  public List<Run> history(Optional<TaskName> task, int limit) {
    return database.read(
        session ->
            task.isEmpty()
                ? session.all(RUN, "SELECT body FROM run ORDER BY at DESC, id LIMIT ?", limit)
                : session.all(
                    RUN,
                    "SELECT body FROM run WHERE task = ? ORDER BY at DESC, id LIMIT ?",
                    task.get().value(),
                    limit));
  }

  private static Optional<Run> find(Session session, RunId id) throws SQLException {
    return session.first(RUN, "SELECT body FROM run WHERE id = ?", id.value());
  }

  /** Whether its id was not taken. */
  private static boolean add(Session session, Run run) throws SQLException {
    return session.write(
            "INSERT INTO run (state, watch, ended, body, id, task, at) VALUES (?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT (id) DO NOTHING",
            run.state().name(),
            sortable(watch(run)),
            sortable(RunRules.endedAt(run)),
            Bodies.text(run),
            run.id().value(),
            run.task().value(),
            sortable(run.cause().at()))
        == 1;
  }

  private static Run keep(Session session, Run run) throws SQLException {
    session.write(
        "UPDATE run SET state = ?, watch = ?, ended = ?, body = ? WHERE id = ?",
        run.state().name(),
        sortable(watch(run)),
        sortable(RunRules.endedAt(run)),
        Bodies.text(run),
        run.id().value());
    return run;
  }

  private static Optional<Instant> watch(Run run) {
    return run.watched() ? Optional.of(run.watchAt()) : Optional.empty();
  }
}
